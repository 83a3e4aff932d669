package io.twinflow.engine.server;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes topics on Ceph's gateway, by its subset of the Simple Notification Service. */
final class CephTopic {

  private static final URI ENDPOINT = URI.create(System.getenv("TWINFLOW_S3_ENDPOINT") + "/");
  private static final Pattern ARN = Pattern.compile("<TopicArn>([^<]+)</TopicArn>");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private CephTopic() {}

  /** Its ARN, by which a bucket names it. */
  static String make(String name, Map<String, String> attributes) throws Exception {
    StringBuilder form = new StringBuilder("Action=CreateTopic&Name=" + name);
    int number = 1;
    for (Map.Entry<String, String> each : attributes.entrySet()) {
      String entry = "&Attributes.entry." + number++;
      form.append(entry).append(".key=").append(encoded(each.getKey()));
      form.append(entry).append(".value=").append(encoded(each.getValue()));
    }
    HttpResponse<String> answer = post(form.toString());
    Matcher arn = ARN.matcher(answer.body());
    if (!arn.find()) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
    return arn.group(1);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Signed as AWS Signature Version 4 has it. */
  private static HttpResponse<String> post(String form) throws Exception {
    String time = TIME.format(Instant.now());
    String day = time.substring(0, 8);
    String sum = HexFormat.of().formatHex(sha256(form));
    Map<String, String> headers =
        Map.of(
            "content-type",
            "application/x-www-form-urlencoded",
            "host",
            ENDPOINT.getAuthority(),
            "x-amz-content-sha256",
            sum,
            "x-amz-date",
            time);
    String names = headers.keySet().stream().sorted().collect(Collectors.joining(";"));
    String lines =
        headers.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .sorted()
            .collect(Collectors.joining());
    String canonical = String.join("\n", "POST", "/", "", lines, names, sum);
    String scope = day + "/default/sns/aws4_request";
    String toSign =
        String.join(
            "\n", "AWS4-HMAC-SHA256", time, scope, HexFormat.of().formatHex(sha256(canonical)));
    byte[] key =
        ("AWS4" + System.getenv("TWINFLOW_S3_SECRET_KEY")).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(ENDPOINT).POST(BodyPublishers.ofString(form));
    headers.forEach((name, value) -> {
      if (!name.equals("host")) {
        request.header(name, value);
      }
    });
    request.header(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                System.getenv("TWINFLOW_S3_ACCESS_KEY"),
                scope,
                names,
                HexFormat.of().formatHex(hmac(key, toSign))));
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static byte[] sha256(String text) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
