package io.twinflow.engine.bpmn;

import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.delegate.Expression;
import org.flowable.common.engine.api.delegate.FlowableFunctionDelegate;
import org.flowable.common.engine.api.variable.VariableContainer;
import org.flowable.common.engine.impl.el.ExpressionManager;
import org.flowable.common.engine.impl.el.FlowableAstFunctionCreator;
import org.flowable.common.engine.impl.el.FlowableFunctionResolverFactory;
import org.flowable.common.engine.impl.javax.el.ELContext;
import org.jspecify.annotations.Nullable;

/**
 * Stands where Flowable's expression language stood, so that nothing evaluates that: it has no
 * beans, no functions and no context to call methods in.
 */
final class PlainExpressions implements ExpressionManager {

  @Override
  public Expression createExpression(String expression) {
    return new PlainExpression(expression);
  }

  @Override
  public ELContext getElContext(VariableContainer variables) {
    throw new UnsupportedOperationException("there is no other expression language");
  }

  @Override
  public Map<Object, Object> getBeans() {
    return Map.of();
  }

  @Override
  public void setBeans(Map<Object, Object> beans) {
    // Flowable offers its own; nobody can ask for them.
  }

  @Override
  public List<FlowableFunctionDelegate> getFunctionDelegates() {
    return List.of();
  }

  @Override
  public void setFunctionDelegates(List<FlowableFunctionDelegate> delegates) {
    // The same: there are no calls.
  }

  @Override
  public List<FlowableAstFunctionCreator> getAstFunctionCreators() {
    return List.of();
  }

  @Override
  public void setAstFunctionCreators(List<FlowableAstFunctionCreator> creators) {
    // The same.
  }

  @Override
  public @Nullable FlowableFunctionResolverFactory getFunctionResolverFactory() {
    return null;
  }

  @Override
  public void setFunctionResolverFactory(FlowableFunctionResolverFactory factory) {
    // The same.
  }
}
