package io.twinflow.engine.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database once for what many threads want at the same time: whoever comes while a
 * statement is on its way shares the next one. Who is alone waits for nobody.
 */
public final class Together<Q, A> {

  private static final int MOST = 256;

  private final Statement<Q, A> statement;
  private final int most;
  private final ConcurrentLinkedQueue<Question<Q, A>> queue = new ConcurrentLinkedQueue<>();
  private final ReentrantLock lock = new ReentrantLock(true);

  Together(Statement<Q, A> statement) {
    this(statement, MOST);
  }

  /**
   * @param most at most so many questions in one statement
   */
  public Together(Statement<Q, A> statement, int most) {
    this.statement = statement;
    this.most = most;
  }

  /** One statement for many questions. */
  public interface Statement<Q, A> {

    /** An answer for each question, in their order. */
    List<A> answer(List<Q> questions) throws IOException;
  }

  private static final class Question<Q, A> {
    private final Q text;
    private @Nullable A answer;
    private @Nullable IOException failure;
    private boolean answered;

    Question(Q text) {
      this.text = text;
    }

    A answer() throws IOException {
      if (answer == null) {
        throw failure == null
            ? new IOException("the database gave no answer")
            : new IOException(failure.getMessage(), failure);
      }
      return answer;
    }
  }

  A ask(Q text) throws IOException {
    return askAll(List.of(text)).getFirst();
  }

  /** Answers in the order of the questions, which is kept in the statements too. */
  public List<A> askAll(List<Q> texts) throws IOException {
    List<Question<Q, A>> questions = texts.stream().map(Question<Q, A>::new).toList();
    queue.addAll(questions);
    lock.lock();
    try {
      for (Question<Q, A> question : questions) {
        while (!question.answered) {
          answerNext();
        }
      }
    } finally {
      lock.unlock();
    }
    List<A> answers = new ArrayList<>(questions.size());
    for (Question<Q, A> question : questions) {
      answers.add(question.answer());
    }
    return answers;
  }

  private void answerNext() {
    List<Question<Q, A>> next = new ArrayList<>();
    Question<Q, A> first = queue.poll();
    while (first != null) {
      next.add(first);
      first = next.size() < most ? queue.poll() : null;
    }
    try {
      List<A> answers = statement.answer(next.stream().map(question -> question.text).toList());
      for (int i = 0; i < next.size(); i++) {
        next.get(i).answer = answers.get(i);
      }
    } catch (IOException e) {
      next.forEach(question -> question.failure = e);
    } finally {
      next.forEach(question -> question.answered = true);
    }
  }
}
