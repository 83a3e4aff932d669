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

  WholeSession(DbSqlSessionFactory factory, EntityCache cache) {
    super(factory, cache);
  }

  @Override
  public void commit() {
    sqlSession.commit(true);
  }

  @Override
  public void rollback() {
    sqlSession.rollback(true);
  }
}
