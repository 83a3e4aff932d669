package io.twinflow.engine.dmn;

import static io.twinflow.engine.dmn.Documents.alarm;
import static io.twinflow.engine.dmn.Documents.assertProblems;
import static io.twinflow.engine.dmn.Documents.definitions;
import static io.twinflow.engine.dmn.Documents.literal;
import static io.twinflow.engine.dmn.Documents.read;
import static io.twinflow.engine.dmn.Documents.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.source.Problem.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a document, or not evaluated, is told with its place when it is read. */
class BadDocumentsTest {

  private static final String OUTPUT = "<output name=\"alarm\"/>";
  private static final String NUMBER = "<output name=\"alarm\" typeRef=\"number\"/>";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/"
      })
  void theNamespacesOfAllVersionsAreRead(String namespace) throws Exception {
    DmnDocument read = read(literal("1").replace(Documents.NAMESPACE, namespace));
    assertThat(read.main().name()).isEqualTo("Alarm");
    assertThat(read.source()).isEqualTo("a.dmn");
    assertThat(read.digest()).hasSize(64);
    assertThat(DmnNamespaces.isModel(namespace)).isTrue();
  }

  @Test
  void anotherRootIsRefused() {
    assertProblems(
        "<definitions xmlns=\"x\"/>", "a.dmn:1:1: expected a document of DMN 1.1 to 1.5");
    assertProblems(definitions(""), "there is no decision in this document.");
  }

  @ParameterizedTest
  @CsvSource({
    "<import/>,import",
    "<businessKnowledgeModel id='b'/>,businessKnowledgeModel",
    "<decisionService id='s'/>,decisionService"
  })
  void whatStandsBesideDecisionsAndIsNotEvaluatedIsRefused(String element, String name) {
    assertProblems(
        literal("1").replace("</definitions>", element + "</definitions>"),
        "a.dmn:11:1: %s is not evaluated: ".formatted(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "context",
        "invocation",
        "functionDefinition",
        "relation",
        "list",
        "conditional",
        "for",
        "every",
        "some",
        "filter"
      })
  void boxedExpressionsAreRefused(String name) {
    assertProblems(
        alarm("<%s/>".formatted(name)), "a.dmn:9:1: %s is not evaluated: ".formatted(name));
  }

  @Test
  void whatIsForPeopleIsPassedOver() throws Exception {
    String words =
        """
        <description>words</description>
        <extensionElements><x:y xmlns:x="z" id="level"/></extensionElements>
        <knowledgeSource id="k" name="k"/><textAnnotation id="t"/><association id="as"/>
        <dmndi:DMNDI xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"/>
        </definitions>\
        """;
    assertThat(read(literal("1").replace("</definitions>", words)).main().id()).isEqualTo("alarm");
    assertThat(
            read(table("", OUTPUT, "> 1 => 1")
                    .replace(
                        "</rule>", "<annotationEntry><text>why</text></annotationEntry></rule>")
                    .replace("<rule>", "<annotation name=\"why\"/><rule>"))
                .warnings())
        .isEmpty();
  }

  @Test
  void elementsThatNobodyKnowsAreTold() {
    assertProblems(
        table("", OUTPUT, "> 1 => 1").replace("<rule>", "<rules/><rule>"),
        "a.dmn:12:1: decisionTable holds no rules. Did you mean \"rule\"?");
  }

  @Test
  void rulesHaveACellForEachColumn() {
    assertProblems(
        table("", OUTPUT, "> 1 => 1", "> 2 => 1 => 2"),
        "a.dmn:13:1: expected 1 times outputEntry in rule 2, one for each column, found 2.");
    assertProblems(
        table("", OUTPUT, "> 1 => 1").replaceAll("<inputEntry>.*</inputEntry>", ""),
        "a.dmn:12:1: expected 1 times inputEntry in rule 1, one for each column, found 0.");
    assertProblems(table("", OUTPUT), "expected a rule in this decisionTable, found none.");
    assertProblems(table("", "", "> 1"), "expected an output in this decisionTable, found none.");
  }

  @Test
  void literalsFitTheirColumn() {
    String typed = table("", NUMBER, "\"high\" => \"low\"", "5 => level + 1", "[1..\"b\"] => 2");
    assertProblems(
        typed,
        "a.dmn:12:25: this column: expected a number, found the string \"high\".",
        "alarm: expected a number, found the string \"low\".",
        "a.dmn:14:25: this column: expected a number, found the string \"b\".");
    assertProblems(
        table(
            "",
            "<output name=\"alarm\"><outputValues><text>\"low\"</text></outputValues><defaultOutputEntry><text>\"none\"</text></defaultOutputEntry></output>",
            "1 => \"high\""),
        "a.dmn:11:95: alarm: expected one of \"low\", found \"none\".",
        "alarm: expected one of \"low\", found \"high\".");
    assertProblems(table("", NUMBER, "> 1 => 1 / 0"), "Can't divide '1' by '0'.");
  }

  @Test
  void unknownNamesNameTheNearest() {
    assertProblems(
        table("", OUTPUT, "> limt => levl"),
        "a.dmn:12:25: the name \"limt\" is not known to this decision. Did you mean \"limit\"?",
        "the name \"levl\" is not known to this decision. Did you mean \"level\"?");
    assertProblems(
        literal("weather"),
        "the name \"weather\" is not known to this decision. Known are: level, limit, Name of Place. Others need an informationRequirement.");
    assertProblems(
        table("", OUTPUT, "very high => 1"),
        "expected an expression of FEEL, found \"very high\". A text stands in quotes");
  }

  @Test
  void outputsAreNamedOnceEach() {
    assertProblems(
        table("", "<output name=\"a\"/><output name=\"a\"/>", "1 => 1 => 2"),
        "a.dmn:11:19: the output \"a\" is named twice.");
    assertProblems(
        table("", "<output name=\"a\"/><output/>", "1 => 1 => 2"),
        "a table with several outputs needs name=\"…\" at each of them.");
  }

  @Test
  void idsStandOnce() {
    assertProblems(
        table("id=\"alarm\"", OUTPUT, "1 => 1"),
        "a.dmn:9:20: the id \"alarm\" stands twice; the first is at line 5.");
  }

  @Test
  void referencesLeadSomewhere() {
    assertProblems(
        literal("1").replace("href=\"#level\"", "href=\"#levle\""),
        "a.dmn:6:25: href=\"#levle\" leads nowhere: expected # and the id of a inputData. Did you mean \"level\"?");
    assertProblems(
        literal("1").replace("href=\"#level\"", "href=\"http://other#level\""),
        "leads to another document, which is not fetched.");
  }

  @Test
  void circlesAreRefused() {
    String two =
        """
        <decision id="a" name="a"><informationRequirement><requiredDecision href="#b"/></informationRequirement><literalExpression><text>1</text></literalExpression></decision>
        <decision id="b" name="b"><informationRequirement><requiredDecision href="#a"/></informationRequirement><literalExpression><text>1</text></literalExpression></decision>
        """;
    assertProblems(definitions(two), "a.dmn:2:1: decisions require each other in a circle: a → b.");
  }

  @Test
  void thereIsOneMainDecision() {
    assertProblems(
        literal("1")
            .replace(
                "</definitions>",
                "<decision id=\"b\" name=\"b\"><literalExpression><text>1</text></literalExpression></decision></definitions>"),
        "expected one main decision, which no other requires, found \"Alarm\", \"b\".");
  }

  @Test
  void otherLanguagesAreRefused() throws Exception {
    assertProblems(
        literal("1")
            .replace("<literalExpression", "<literalExpression expressionLanguage=\"juel\""),
        "a.dmn:9:40: expressions in \"juel\" are not evaluated. Write them in FEEL");
    assertThat(
            read(
                literal("1")
                    .replace(
                        "<literalExpression", "<literalExpression expressionLanguage=\"feel\"")))
        .isNotNull();
  }

  @Test
  void typesAreKnown() {
    assertProblems(
        literal("1").replace("typeRef=\"string\"", "typeRef=\"strig\""),
        "there is no type \"strig\": expected a type of FEEL");
    assertProblems(
        literal("1")
            .replace(
                "</definitions>",
                "<itemDefinition name=\"t\"><typeRef>t</typeRef></itemDefinition></definitions>"),
        "the type \"t\" stands for itself in the end.");
  }

  @Test
  void whatIsRefusedIsToldApartFromWhatIsWrong() {
    assertThat(Documents.refused(literal("now()")).problems().getFirst().severity())
        .isEqualTo(Severity.UNSUPPORTED);
    assertThat(Documents.refused(literal("")).problems().getFirst().severity())
        .isEqualTo(Severity.ERROR);
  }
}
