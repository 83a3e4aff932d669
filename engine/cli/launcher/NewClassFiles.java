import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.invoke.LambdaMetafactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * Writes a copy of a jar whose classes the JVM can keep in its start-up cache. What it cannot keep takes a third
 * of a small command's time:
 *
 * <ul>
 *   <li>Classes older than version 50, as picocli's are, must be read and verified anew. They get a newer version
 *       and stack maps; the code stays as it is.
 *   <li>Lambdas that can be serialized, as Rhino's 450 standard functions are, must be made anew. They become
 *       plain lambdas; nothing here serializes one.
 * </ul>
 */
static final String SERIALIZABLE = "altMetafactory";

static final DirectMethodHandleDesc PLAIN =
    ConstantDescs.ofCallsiteBootstrap(
        ClassDesc.of("java.lang.invoke.LambdaMetafactory"),
        "metafactory",
        ConstantDescs.CD_CallSite,
        ConstantDescs.CD_MethodType,
        ConstantDescs.CD_MethodHandle,
        ConstantDescs.CD_MethodType);

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
      jar.write(convert(classFile, entry.getKey(), entry.getValue()));
      jar.closeEntry();
    }
  }
}

java.io.InputStream stream(byte[] bytes) {
  return bytes == null ? null : new java.io.ByteArrayInputStream(bytes);
}

byte[] convert(ClassFile classFile, String name, byte[] bytes) {
  if (!name.endsWith(".class") || name.startsWith("META-INF/")) {
    return bytes;
  }
  if (isOld(bytes)) {
    return renew(classFile, bytes);
  }
  return mentions(bytes, SERIALIZABLE)
      ? classFile.transformClass(
          classFile.parse(bytes), ClassTransform.transformingMethodBodies(method -> true, this::plain))
      : bytes;
}

boolean isOld(byte[] bytes) {
  int major = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
  return major < ClassFile.JAVA_6_VERSION;
}

boolean mentions(byte[] bytes, String name) {
  return new String(bytes, StandardCharsets.ISO_8859_1).contains(name);
}

void plain(CodeBuilder code, CodeElement element) {
  if (element instanceof InvokeDynamicInstruction call && isSerializableLambda(call)) {
    List<ConstantDesc> arguments = call.bootstrapArgs().subList(0, 3);
    code.invokedynamic(
        DynamicCallSiteDesc.of(
            PLAIN, call.name().stringValue(), call.typeSymbol(), arguments.toArray(ConstantDesc[]::new)));
  } else {
    code.with(element);
  }
}

/** Only those that are nothing else besides: no further interfaces, no bridges. */
boolean isSerializableLambda(InvokeDynamicInstruction call) {
  List<ConstantDesc> arguments = call.bootstrapArgs();
  return call.bootstrapMethod().methodName().equals(SERIALIZABLE)
      && arguments.size() == 5
      && arguments.get(3).equals(LambdaMetafactory.FLAG_SERIALIZABLE | LambdaMetafactory.FLAG_BRIDGES)
      && arguments.get(4).equals(0);
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
