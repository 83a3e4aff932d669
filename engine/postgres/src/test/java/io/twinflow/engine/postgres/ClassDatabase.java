package io.twinflow.engine.postgres;

import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A fresh database for all tests of a class, whose rows are kept apart by what they are about. */
public final class ClassDatabase implements BeforeAllCallback, AfterAllCallback {

  private final TestDatabase database = new TestDatabase();

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    database.beforeEach(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    database.afterEach(context);
  }

  /** Without a pool, for those who have their own. */
  public DataSource plain() {
    return database.plain();
  }
}
