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
final class Together<Q, A> {

  private static final int MOST = 256;

  private final Statement<Q, A> statement;
  private final ConcurrentLinkedQueue<Question<Q, A>> queue = new ConcurrentLinkedQueue<>();
  private final ReentrantLock lock = new ReentrantLock(true);

  Together(Statement<Q, A> statement) {
    this.statement = statement;
  }

  /** One statement for many questions. */
  interface Statement<Q, A> {

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
  }

  A ask(Q text) throws IOException {
    Question<Q, A> question = new Question<>(text);
    queue.add(question);
    lock.lock();
    try {
      while (!question.answered) {
        answerNext();
      }
    } finally {
      lock.unlock();
    }
    if (question.answer == null) {
      throw question.failure == null
          ? new IOException("the database gave no answer")
          : new IOException(question.failure.getMessage(), question.failure);
    }
    return question.answer;
  }

  private void answerNext() {
    List<Question<Q, A>> next = new ArrayList<>();
    Question<Q, A> first = queue.poll();
    while (first != null) {
      next.add(first);
      first = next.size() < MOST ? queue.poll() : null;
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
