package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.chain;
import static io.twinflow.engine.bpmn.Documents.deploy;
import static io.twinflow.engine.bpmn.Documents.object;
import static io.twinflow.engine.bpmn.Documents.process;
import static io.twinflow.engine.bpmn.Documents.timer;
import static io.twinflow.engine.bpmn.Documents.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.bpmn.ProcessState.Phase;
import org.junit.jupiter.api.Test;

/** What cannot go on by itself. */
final class StuckProcessesIT extends OwnProcesses {

  @Test
  void aTimerThatCannotGoOnIsTriedAgainAndThenShown() throws Exception {
    String document =
        process(
            "p", chain(timer("t", "PT0S") + userTask("u").replace("office", "${n - 1}"), "t", "u"));
    String instance = start(document, "{\"n\": \"x\"}");
    await(() -> assertThat(processes.stuck(TENANT)).hasSize(1));
    Stuck stuck = processes.stuck(TENANT).getFirst();
    assertThat(stuck.instance()).isEqualTo(instance);
    assertThat(stuck.activity()).isEqualTo("t");
    assertThat(stuck.reason()).contains("\"-\" expects a number and found a text");
    assertThat(phase(instance)).isEqualTo(Phase.RUNNING);
    assertThat(processes.retry(TENANT, instance)).isTrue();
    assertThat(processes.retry(TENANT, instance)).isFalse();
    assertThat(processes.stuck(TENANT)).isEmpty();
    await(() -> assertThat(processes.stuck(TENANT)).hasSize(1));
    assertThat(processes.stuck("other")).isEmpty();
    assertThat(processes.cancel(TENANT, instance, "ann", "a mistake")).isTrue();
    assertThat(processes.stuck(TENANT)).isEmpty();
  }

  @Test
  void aCalledProcessThatIsStuckIsToldOfTheOneThatWasStarted() throws Exception {
    String called =
        process(
                "inner",
                chain(timer("t", "PT0S") + userTask("u").replace("office", "${n - 1}"), "t", "u"))
            .replaceAll("(start|end)(?=[\"-])", "inner-$1");
    String call =
        "<callActivity id=\"call\" calledElement=\"inner\"><extensionElements><tw:input name=\"n\" value=\"${n}\"/></extensionElements></callActivity>";
    String document = called + process("p", chain(call, "call"));
    processes.startRun(
        TENANT, deploy(processes, document), "p", "run-1", "ann", object("{\"n\": \"x\"}"));
    await(() -> assertThat(processes.stuck(TENANT)).hasSize(1));
    assertThat(processes.stuck(TENANT).getFirst())
        .returns("run-1", Stuck::instance)
        .returns("t", Stuck::activity);
    assertThat(processes.news(100))
        .filteredOn(news -> news.detail().startsWith("t is stuck: "))
        .extracting(News::instance)
        .containsExactly("run-1");

    assertThat(processes.retry(TENANT, "run-1")).isTrue();
    assertThat(processes.stuck(TENANT)).isEmpty();
    await(() -> assertThat(processes.stuck(TENANT)).hasSize(1));
    assertThat(processes.cancel(TENANT, "run-1", "ann", "a mistake")).isTrue();
    assertThat(processes.stuck(TENANT)).isEmpty();
    assertThat(count("SELECT count(*) FROM bpmn.act_ru_deadletter_job")).isZero();
  }
}
