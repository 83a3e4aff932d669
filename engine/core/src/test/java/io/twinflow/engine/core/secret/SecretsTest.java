package io.twinflow.engine.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SecretsTest {

  private static final String HANDLE = Handle.fresh();
  private static final Secrets SECRETS = new Secrets(Map.of(HANDLE, "it's $1 \\ open"));

  @Test
  void revealsHandlesInsideTexts() {
    assertThat(SECRETS.reveal("key=" + HANDLE + ";")).isEqualTo("key=it's $1 \\ open;");
  }

  @Test
  void keepsTheQuotesOfAShellWhole() {
    assertThat(SECRETS.reveal("'" + Handle.inQuotes(HANDLE) + "'"))
        .isEqualTo("'it'\"'\"'s $1 \\ open'");
  }

  @Test
  void leavesUnknownHandlesAndOtherTextsAlone() {
    String unknown = Handle.fresh();

    assertThat(SECRETS.reveal(unknown + " (secret-x)")).isEqualTo(unknown + " (secret-x)");
  }

  @Test
  void doesNotLookForHandlesInsideSecrets() {
    String other = Handle.fresh();
    Secrets nested = new Secrets(Map.of(HANDLE, other, other, "no"));

    assertThat(nested.reveal(HANDLE)).isEqualTo(other);
  }

  @Test
  void masksPlainTextsAndHandles() {
    assertThat(SECRETS.mask("wrong: it's $1 \\ open!")).isEqualTo("wrong: ***!");
    assertThat(Handle.masked("--key=" + HANDLE)).isEqualTo("--key=***");
  }

  @Test
  void concealsShortSecretsOnlyWhereTheyAreTheWhole() {
    Secrets secrets = new Secrets(Map.of(HANDLE, "42"));

    assertThat(secrets.conceal("42")).isEqualTo(HANDLE);
    assertThat(secrets.conceal("1942")).isEqualTo("1942");
    assertThat(SECRETS.conceal("a it's $1 \\ open z")).isEqualTo("a " + HANDLE + " z");
  }

  @Test
  void concealsWhatAToolWroteIntoALiteralFile() {
    FileValue inner = literal("inner").withContents("key=it's $1 \\ open");
    RecordValue outputs =
        new RecordValue(
            Map.of(
                "file",
                literal("outer").withContents("none").withSecondaryFiles(List.of(inner)),
                "folder",
                new DirectoryValue(null, null, "folder", List.of(inner))));

    RecordValue concealed = SecretValues.concealed(outputs, SECRETS);

    assertThat(concealed.toString()).doesNotContain("open").contains("key=" + HANDLE, "none");
    assertThat(SecretValues.areIn(concealed)).isTrue();
  }

  private static FileValue literal(String name) {
    return FileValue.at("file:///x", name).withLocation(null);
  }

  @Test
  void showsNoTextsItself() {
    assertThat(SECRETS.toString()).doesNotContain("open");
  }
}
