package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.arrow;
import static io.twinflow.engine.bpmn.Documents.chain;
import static io.twinflow.engine.bpmn.Documents.deploy;
import static io.twinflow.engine.bpmn.Documents.object;
import static io.twinflow.engine.bpmn.Documents.process;
import static io.twinflow.engine.bpmn.Documents.run;
import static io.twinflow.engine.bpmn.Documents.timer;
import static io.twinflow.engine.bpmn.Documents.userTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.bpmn.ProcessState.Phase;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How processes are started, ask, wait, are told of and end. */
final class ProcessesIT extends OwnProcesses {

  private static List<String> threadsOfFlowable() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("flowable"))
        .toList();
  }

  @Test
  void withoutProcessesThereIsNothingOfFlowable() throws Exception {
    assertThat(processes.startIfUsed()).isFalse();
    assertThat(processes.isStarted()).isFalse();
    assertThat(threadsOfFlowable()).isEmpty();
    assertThat(count("SELECT count(*) FROM pg_namespace WHERE nspname = 'bpmn'")).isZero();
    assertThat(count("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'act\\_%'")).isZero();

    deploy(processes, process("p", chain(userTask("u"), "u")));
    assertThat(processes.isStarted()).isTrue();
    assertThat(threadsOfFlowable()).isNotEmpty();
    assertThat(
            count(
                "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'act\\_%' AND schemaname = 'bpmn'"))
        .isPositive();
    assertThat(
            count(
                "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'act\\_%' AND schemaname <> 'bpmn'"))
        .isZero();
    try (Processes next = new Processes(database.plain(), QUICK)) {
      assertThat(next.startIfUsed()).isTrue();
    }
  }

  private List<String> told(String instance) throws Exception {
    List<News> news = processes.news(100);
    assertThat(news).allMatch(each -> each.instance().equals(instance));
    for (int i = 0; i < news.size(); i++) {
      assertThat(news.get(i).number()).isEqualTo(i + 1);
    }
    return news.stream()
        .map(each -> each.kind() + " " + each.actor() + " " + each.detail())
        .toList();
  }

  @Test
  void whatHappensInARunIsToldInOrderAndOnce() throws Exception {
    String digest =
        deploy(
            processes,
            process(
                "p",
                chain(
                    run("calc") + userTask("check") + timer("wait", "PT1S"),
                    "calc",
                    "check",
                    "wait")));
    for (int i = 0; i < 2; i++) {
      processes.startRun(TENANT, digest, "p", "run-1", "ann", object("{\"n\": 7}"));
    }
    Asked asked = onlyAsked();
    assertThat(asked.instance()).isEqualTo("run-1");
    assertThat(processes.name(asked.id(), "child-1")).isEqualTo("child-1");
    assertThat(processes.name(asked.id(), "child-2")).isEqualTo("child-1");
    assertThat(onlyAsked().reference()).isEqualTo("child-1");
    processes.again(asked.id(), Duration.ofHours(1));
    assertThat(processes.asked(10)).isEmpty();
    processes.resume(asked.id(), done("{\"out\": 1}"));
    UserTask task = processes.tasks(TENANT, TaskFilter.ALL).getFirst();
    assertThat(task)
        .returns("run-1", UserTask::instance)
        .returns("ann", UserTask::owner)
        .returns(digest, UserTask::digest)
        .returns(List.of("office"), UserTask::candidateGroups);
    assertThat(task.isFor("bob", List.of("office"))).isTrue();
    assertThat(task.isFor("ann", List.of("ann"))).isFalse();
    processes.claim(TENANT, task.id(), "bob");
    processes.unclaim(TENANT, task.id(), "bob");
    assertThat(processes.forget(TENANT, "run-1")).isFalse();
    processes.complete(TENANT, task.id(), "eve", RecordValue.EMPTY);
    await(() -> assertThat(phase("run-1")).isEqualTo(Phase.SUCCEEDED));
    assertThat(told("run-1"))
        .containsExactly(
            "NOTE engine calc has asked for a run of w",
            "NOTE engine calc is done by child-1",
            "NOTE engine calc was done",
            "NOTE engine check waits for a person: Please 7",
            "NOTE bob bob has claimed check",
            "NOTE bob bob has given back check",
            "NOTE eve eve has completed check",
            "NOTE engine wait: its time has come",
            "ENDED engine ");
    processes.told("run-1", 8);
    assertThat(processes.news(100)).singleElement().returns(9L, News::number);
    assertThat(processes.forget(TENANT, "run-1")).isTrue();
    assertThat(processes.news(100)).isEmpty();
    assertThat(processes.state(TENANT, "run-1")).isEmpty();
    assertThat(count("SELECT count(*) FROM bpmn.bpmn_outbox")).isZero();
  }

  @Test
  void theEndOfARunIsToldHoweverItEnds() throws Exception {
    String digest = deploy(processes, process("p", chain(run("calc"), "calc")));
    processes.startRun(TENANT, digest, "p", "run-1", "ann", object("{\"n\": 7}"));
    processes.cancel(TENANT, "run-1", "bob", "a mistake");
    assertThat(told("run-1"))
        .containsExactly(
            "NOTE engine calc has asked for a run of w",
            "CANCELLING bob a mistake",
            "ENDED engine ");
    processes.told("run-1", 3);
    processes.startRun(TENANT, digest, "p", "run-2", "ann", object("{\"n\": 7}"));
    processes.resume(onlyAsked().id(), new Answer.Failed(FailureKind.TASK, "no"));
    assertThat(told("run-2"))
        .containsExactly(
            "NOTE engine calc has asked for a run of w",
            "NOTE engine calc: TASK: no",
            "ENDED engine ");
    assertThat(phase("run-2")).isEqualTo(Phase.FAILED);
  }

  @Test
  void aProcessAsksWaitsAndGoesOn() throws Exception {
    String instance =
        start(process("p", chain(run("calc") + userTask("check"), "calc", "check")), "{\"n\": 7}");

    Asked asked = onlyAsked();
    assertThat(asked.kind()).isEqualTo("run");
    assertThat(asked.instance()).isEqualTo(instance);
    assertThat(asked.activity()).isEqualTo("calc");
    assertThat(ValueJson.write(asked.payload()))
        .isEqualTo("{\"workflow\":\"w\",\"site\":null,\"inputs\":{\"n\":7,\"text\":\"n=7\"}}");
    processes.taken(asked.id());
    assertThat(processes.asked(10)).isEmpty();

    assertThat(processes.resume(asked.id(), done("{\"out\": {\"level\": 3.60}, \"more\": 1}")))
        .isEqualTo(Answered.WENT_ON);
    assertThat(processes.resume(asked.id(), done("{\"out\": 9}"))).isEqualTo(Answered.BEFORE);

    UserTask task = processes.tasks(TENANT, TaskFilter.of("ann", "office")).getFirst();
    assertThat(task.name()).isEqualTo("Please 7");
    assertThat(task.activity()).isEqualTo("check");
    assertThat(processes.tasks(TENANT, TaskFilter.of("bob", "kitchen"))).isEmpty();
    assertThat(processes.tasks("other", TaskFilter.ALL)).isEmpty();
    processes.claim(TENANT, task.id(), "ann");
    processes.claim(TENANT, task.id(), "ann");
    assertThatThrownBy(() -> processes.claim(TENANT, task.id(), "bob"))
        .isInstanceOf(ProcessException.class)
        .hasMessageContaining("somebody else has claimed");
    assertThatThrownBy(() -> processes.complete("other", task.id(), "ann", RecordValue.EMPTY))
        .hasMessageContaining("there is no open task");
    assertThat(phase(instance)).isEqualTo(Phase.RUNNING);
    processes.complete(TENANT, task.id(), "ann", object("{\"confirmed\": true}"));

    assertThat(phase(instance)).isEqualTo(Phase.SUCCEEDED);
    assertThat(ValueJson.write(processes.variables(TENANT, instance)))
        .isEqualTo("{\"calcOut\":{\"level\":3.60},\"confirmed\":true,\"n\":7}");
    assertThat(processes.state("other", instance)).isEmpty();
  }

  @Test
  void aFailureIsCaughtWhereItsKindIsNamed() throws Exception {
    String document =
        process(
            "p",
            chain(
                run("calc")
                    + "<boundaryEvent id=\"b\" attachedToRef=\"calc\"><errorEventDefinition errorRef=\"infra\"/></boundaryEvent>"
                    + timer("later", "PT0S")
                    + arrow("b", "later")
                    + arrow("later", "calc"),
                "calc"));
    String instance = start(document, "{}");
    Asked first = onlyAsked();
    assertThat(
            processes.resume(
                first.id(), new Answer.Failed(FailureKind.INFRASTRUCTURE, "node lost")))
        .isEqualTo(Answered.WENT_ON);
    await(() -> assertThat(onlyAsked().id()).isNotEqualTo(first.id()));
    Asked second = onlyAsked();
    assertThat(processes.resume(second.id(), new Answer.Failed(FailureKind.TASK, "exit code 3")))
        .isEqualTo(Answered.ENDED);
    ProcessState state = processes.state(TENANT, instance).orElseThrow();
    assertThat(state.phase()).isEqualTo(Phase.FAILED);
    assertThat(state.reason()).isEqualTo("TASK: exit code 3");
    assertThat(processes.resume(second.id(), done("{}"))).isEqualTo(Answered.BEFORE);
  }

  @Test
  void whatCannotBeEvaluatedEndsTheProcessAsAMistakeOfItsAuthor() throws Exception {
    String document =
        process(
            "p",
            chain(
                run("calc")
                    + "<exclusiveGateway id=\"g\" default=\"g-end\"/><sequenceFlow id=\"x\" sourceRef=\"g\" targetRef=\"calc\"><conditionExpression>${calcOut &gt; 3}</conditionExpression></sequenceFlow>",
                "calc",
                "g"));
    String instance = start(document, "{}");
    assertThat(processes.resume(onlyAsked().id(), done("{\"out\": \"high\"}")))
        .isEqualTo(Answered.ENDED);
    ProcessState state = processes.state(TENANT, instance).orElseThrow();
    assertThat(state.phase()).isEqualTo(Phase.FAILED);
    assertThat(state.reason())
        .startsWith("USER: ")
        .contains("\">\" expects a number and found a text");
  }

  @Test
  void aKeyStartsAnInstanceOnce() throws Exception {
    String digest = deploy(processes, process("p", chain(userTask("u"), "u")));
    String other = deploy(processes, process("q", chain(userTask("u"), "u")));
    String instance = processes.start(TENANT, digest, "p", "key", object("{}"));
    assertThat(processes.start(TENANT, digest, "p", "key", object("{}"))).isEqualTo(instance);
    assertThatThrownBy(() -> processes.start(TENANT, other, "q", "key", object("{}")))
        .isInstanceOf(ProcessException.class)
        .hasMessageContaining("has started the process p");
    assertThat(processes.tasks(TENANT, TaskFilter.ALL)).hasSize(1);
    assertThatThrownBy(() -> processes.start(TENANT, digest, "q", "k", object("{}")))
        .hasMessageContaining("has no process \"q\"");
    assertThatThrownBy(() -> processes.start("other", digest, "p", "k", object("{}")))
        .hasMessageContaining("no document with the digest");
  }

  @Test
  void aStartThatFailsLeavesNothingBehind() throws Exception {
    String digest =
        deploy(processes, process("p", chain(userTask("u").replace("office", "${n - 1}"), "u")));
    assertThatThrownBy(() -> processes.start(TENANT, digest, "p", "key", object("{\"n\": \"x\"}")))
        .isInstanceOf(ProcessException.class)
        .hasMessageContaining("\"-\" expects a number");
    assertThat(processes.start(TENANT, digest, "p", "key", object("{\"n\": 2}"))).isNotEmpty();
  }

  @Test
  void aCancelledProcessWithdrawsWhatItAskedFor() throws Exception {
    String instance = start(process("p", chain(run("calc"), "calc")), "{}");
    Asked asked = onlyAsked();
    processes.taken(asked.id());
    assertThat(processes.withdrawn(10)).isEmpty();
    assertThat(processes.cancel(TENANT, instance, "ann", "no rain")).isTrue();
    assertThat(processes.cancel(TENANT, instance, "ann", "again")).isFalse();
    assertThat(processes.state(TENANT, instance).orElseThrow())
        .satisfies(state -> assertThat(state.phase()).isEqualTo(Phase.CANCELLED))
        .satisfies(state -> assertThat(state.reason()).isEqualTo("no rain"));
    assertThat(processes.withdrawn(10)).containsExactly(asked);
    assertThat(processes.resume(asked.id(), done("{}"))).isEqualTo(Answered.LATE);
    assertThat(processes.withdrawn(10)).isEmpty();
    assertThatThrownBy(() -> processes.cancel("other", instance, "ann", "x"))
        .isInstanceOf(ProcessException.class);
  }

  @Test
  void listsThatAreTooLongForAProcessAreRefusedWhenTheyAreKnown() throws Exception {
    String people =
        "<userTask id=\"u\"><multiInstanceLoopCharacteristics><loopDataInputRef>items</loopDataInputRef><inputDataItem name=\"n\"/></multiInstanceLoopCharacteristics></userTask>";
    String digest = deploy(processes, process("p", chain(people, "u")));
    String items = "1,".repeat(100) + "1";
    assertThatThrownBy(
            () -> processes.start(TENANT, digest, "p", "k", object("{\"items\": [" + items + "]}")))
        .isInstanceOf(ProcessException.class)
        .hasMessageContaining("u would be repeated 101 times, at most 100 are run");
  }

  @Test
  void longVariablesAreKeptWhole() throws Exception {
    String document = process("p", chain(run("calc") + userTask("u"), "calc", "u"));
    String instance = start(document, "{\"n\": \"" + "ä\\u0000".repeat(3_000) + "\"}");
    assertThat(
            ((io.twinflow.workflowdefs.value.StringValue)
                    processes.variables(TENANT, instance).get("n"))
                .value())
        .isEqualTo("ä\0".repeat(3_000));
    Asked asked = onlyAsked();
    assertThatThrownBy(() -> start(document, "{\"n\": \"" + "x".repeat(1 << 20) + "\"}"))
        .hasMessageContaining("at most 1,048,576 are kept");
    assertThat(processes.resume(asked.id(), done("{\"out\": \"" + "x".repeat(1 << 20) + "\"}")))
        .isEqualTo(Answered.ENDED);
  }
}
