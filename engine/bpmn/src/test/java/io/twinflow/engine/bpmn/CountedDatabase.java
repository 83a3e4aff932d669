package io.twinflow.engine.bpmn;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/** Counts what is sent to a database: statements (a batch is one), and commits. */
final class CountedDatabase {

  private final LongAdder statements = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private final DataSource source;

  CountedDatabase(DataSource database) {
    this.source = of(DataSource.class, database, (method, answer) -> connection(answer));
  }

  /** What happens with a call's answer. */
  private interface Heard {
    Object of(Method method, Object answer) throws Exception;
  }

  DataSource source() {
    return source;
  }

  long statements() {
    return statements.sum();
  }

  long commits() {
    return commits.sum();
  }

  private Object connection(Object answer) {
    return answer instanceof Connection plain
        ? of(Connection.class, plain, (called, made) -> called(plain, called, made))
        : answer;
  }

  private Object called(Connection connection, Method method, Object answer) {
    if (method.getName().equals("commit")) {
      commits.increment();
    }
    return switch (answer) {
      case PreparedStatement made ->
          of(PreparedStatement.class, made, (called, got) -> executed(connection, called, got));
      case Statement made ->
          of(Statement.class, made, (called, got) -> executed(connection, called, got));
      case null, default -> answer;
    };
  }

  private Object executed(Connection connection, Method method, Object answer) throws Exception {
    if (method.getName().startsWith("execute")) {
      statements.increment();
      if (connection.getAutoCommit()) {
        commits.increment();
      }
    }
    return answer;
  }

  private static <T> T of(Class<T> type, T plain, Heard heard) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          try {
            return heard.of(method, method.invoke(plain, arguments));
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
