package io.twinflow.engine.bpmn;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work for a person.
 *
 * @param instance the one that people know: of a called process the caller
 * @param owner who started that
 * @param digest of the document
 * @param process its id in the document
 * @param activity its id in the process
 * @param assignee whose it is, or null as long as nobody has claimed it
 * @param candidateUsers who may claim it
 * @param candidateGroups whose members may claim it
 */
public record UserTask(
    String id,
    String instance,
    String owner,
    String digest,
    String process,
    String activity,
    @Nullable String name,
    @Nullable String assignee,
    List<String> candidateUsers,
    List<String> candidateGroups,
    Instant created,
    @Nullable Instant due) {

  public UserTask {
    candidateUsers = List.copyOf(candidateUsers);
    candidateGroups = List.copyOf(candidateGroups);
  }

  /**
   * Whether somebody may take it: whose it is, or, as long as it is nobody's, who is named; if
   * nobody is named at all, who started the process.
   */
  public boolean isFor(String user, List<String> groups) {
    if (assignee != null) {
      return assignee.equals(user);
    }
    if (candidateUsers.isEmpty() && candidateGroups.isEmpty()) {
      return owner.equals(user);
    }
    return candidateUsers.contains(user) || candidateGroups.stream().anyMatch(groups::contains);
  }
}
