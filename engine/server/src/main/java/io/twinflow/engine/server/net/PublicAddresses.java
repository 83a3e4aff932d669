package io.twinflow.engine.server.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Tells addresses of the internet from those of this machine and its networks, by IANA's registries
 * of special-purpose addresses (RFC 6890) and of multicast.
 */
final class PublicAddresses {

  private static final List<Block> SPECIAL_4 =
      List.of(
          Block.of(0, 0, 0, 0, 8),
          Block.of(10, 0, 0, 0, 8),
          Block.of(100, 64, 0, 0, 10),
          Block.of(127, 0, 0, 0, 8),
          // The metadata of clouds is at 169.254.169.254.
          Block.of(169, 254, 0, 0, 16),
          Block.of(172, 16, 0, 0, 12),
          Block.of(192, 0, 0, 0, 24),
          Block.of(192, 0, 2, 0, 24),
          Block.of(192, 88, 99, 0, 24),
          Block.of(192, 168, 0, 0, 16),
          Block.of(198, 18, 0, 0, 15),
          Block.of(198, 51, 100, 0, 24),
          Block.of(203, 0, 113, 0, 24),
          Block.of(224, 0, 0, 0, 3));

  /** All of version 6 that is routed is in 2000::/3; these parts of it lead elsewhere. */
  private static final Block GLOBAL_6 = Block.of(0x20, 0, 0, 0, 3);

  private static final List<Block> SPECIAL_6 =
      List.of(
          // Protocol assignments and Teredo, documentation, 6to4, documentation again.
          Block.of(0x20, 0x01, 0, 0, 23),
          Block.of(0x20, 0x01, 0x0d, 0xb8, 32),
          Block.of(0x20, 0x02, 0, 0, 16),
          Block.of(0x3f, 0xff, 0, 0, 20));

  private PublicAddresses() {}

  /** IPv4 addresses written as IPv6 are IPv4 addresses to the JDK already. */
  static boolean contain(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return SPECIAL_4.stream().noneMatch(block -> block.holds(bytes));
    }
    return GLOBAL_6.holds(bytes) && SPECIAL_6.stream().noneMatch(block -> block.holds(bytes));
  }

  /** Addresses whose first bits are these. */
  private record Block(int start, int bits) {
    static Block of(int a, int b, int c, int d, int bits) {
      return new Block((a << 24) | (b << 16) | (c << 8) | d, bits);
    }

    boolean holds(byte[] address) {
      int first =
          ((address[0] & 0xff) << 24)
              | ((address[1] & 0xff) << 16)
              | ((address[2] & 0xff) << 8)
              | (address[3] & 0xff);
      int shift = Integer.SIZE - bits;
      return first >>> shift == start >>> shift;
    }
  }
}
