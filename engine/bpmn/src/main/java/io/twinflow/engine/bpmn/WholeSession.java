package io.twinflow.engine.bpmn;

import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.common.engine.impl.db.DbSqlSessionFactory;
import org.flowable.common.engine.impl.persistence.cache.EntityCache;

/**
 * A session whose transaction ends as it is told. MyBatis leaves out commit and rollback where it
 * has made no change itself, and then switches auto-commit on again, which commits whatever
 * statements of ours were made: also those that were to be rolled back.
 */
final class WholeSession extends DbSqlSession {

  private final Runnable bell;
  private boolean rings;

  /**
   * @param bell rung after a commit that has something to tell
   */
  WholeSession(DbSqlSessionFactory factory, EntityCache cache, Runnable bell) {
    super(factory, cache);
    this.bell = bell;
  }

  void ringWhenCommitted() {
    rings = true;
  }

  @Override
  public void commit() {
    sqlSession.commit(true);
    if (rings) {
      rings = false;
      bell.run();
    }
  }

  @Override
  public void rollback() {
    rings = false;
    sqlSession.rollback(true);
  }
}
