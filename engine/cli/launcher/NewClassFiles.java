import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * Writes a copy of a jar whose classes have the JDK's own class file version. The JVM keeps no class in its
 * start-up cache that is older than version 50, as picocli's are; read and verified anew they would take a
 * third of a small command's time. The code stays as it is: only the version and the stack maps change.
 */
void main(String[] args) throws IOException {
  Path source = Path.of(args[0]);
  Path target = Path.of(args[1]);
  Map<String, byte[]> entries = new TreeMap<>();
  try (JarFile jar = new JarFile(source.toFile())) {
    for (var entry : jar.stream().filter(e -> !e.isDirectory()).toList()) {
      entries.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
    }
  }
  ClassFile classFile =
      ClassFile.of(
          StackMapsOption.GENERATE_STACK_MAPS,
          ClassFile.ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(
                      name ->
                          stream(entries.get(name.descriptorString().replaceAll("^L|;$", "") + ".class")))
                  .orElse(ClassHierarchyResolver.defaultResolver())));
  try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(target))) {
    for (var entry : entries.entrySet()) {
      jar.putNextEntry(new ZipEntry(entry.getKey()));
      jar.write(isOldClass(entry.getKey(), entry.getValue()) ? renew(classFile, entry.getValue()) : entry.getValue());
      jar.closeEntry();
    }
  }
}

java.io.InputStream stream(byte[] bytes) {
  return bytes == null ? null : new java.io.ByteArrayInputStream(bytes);
}

boolean isOldClass(String name, byte[] bytes) {
  int major = name.endsWith(".class") ? (bytes[6] & 0xff) << 8 | bytes[7] & 0xff : Integer.MAX_VALUE;
  return major < ClassFile.JAVA_6_VERSION && !name.startsWith("META-INF/");
}

byte[] renew(ClassFile classFile, byte[] bytes) {
  ClassModel old = classFile.parse(bytes);
  return classFile.build(
      old.thisClass().asSymbol(),
      builder -> {
        old.forEach(
            element -> {
              if (!(element instanceof ClassFileVersion)) {
                builder.with(element);
              }
            });
        builder.withVersion(ClassFile.JAVA_17_VERSION, 0);
      });
}
