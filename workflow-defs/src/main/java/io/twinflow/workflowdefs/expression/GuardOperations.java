package io.twinflow.workflowdefs.expression;

import org.mozilla.javascript.Node;
import org.mozilla.javascript.Token;
import org.mozilla.javascript.ast.ScriptNode;

/**
 * Puts checks where a script's own operations escape Rhino's counting. The result of every {@code
 * +}, {@code +=} and template literal is checked: Rhino joins strings lazily, so that {@code s +=
 * s} takes no memory until someone looks, and the first look would ask for gigabytes at once.
 * Objects that are spread are checked, and calls that end a function are made to be counted. Done
 * on the tree that Rhino generates code from, where all forms are few.
 */
final class GuardOperations {

  /** The guard's name in the scope; no source can spell it. */
  static final String GUARD = "#bounded";

  /** Adding a number or so short a text grows a string by less than the work for it allocates. */
  private static final int SHORT = 8;

  private GuardOperations() {}

  static void in(ScriptNode tree) {
    children(tree);
    for (int i = 0; i < tree.getFunctionCount(); i++) {
      in(tree.getFunctionNode(i));
    }
  }

  private static void children(Node parent) {
    Node child = parent.getFirstChild();
    while (child != null) {
      // Taken before the child is moved into a call.
      Node next = child.getNext();
      visit(parent, child);
      child = next;
    }
  }

  private static void visit(Node parent, Node node) {
    switch (node.getType()) {
      case Token.SETPROP_OP, Token.SETELEM_OP, Token.SET_REF_OP -> {
        // The operation takes its left side from the interpreter's stack, so no call may come
        // between; the whole assignment is checked instead.
        Node operation = node.getLastChild();
        Node child = node.getFirstChild();
        while (child.getNext() != null) {
          Node next = child.getNext();
          visit(node, child);
          child = next;
        }
        children(operation);
        if (joins(operation)) {
          guard(parent, node);
        }
      }
      case Token.ADD, Token.STRING_CONCAT -> {
        children(node);
        if (joins(node)) {
          guard(parent, node);
        }
      }
      case Token.RETURN -> {
        // Rhino runs a call in this place without counting it: a function that ends in a call of
        // itself would run for ever, unseen.
        children(node);
        Node result = node.getFirstChild();
        if (result != null && endsInCall(result)) {
          guard(node, result);
        }
      }
      case Token.DOTDOTDOT -> {
        children(node);
        Node spread = node.getFirstChild();
        if (spread != null) {
          guard(node, spread);
        }
      }
      case Token.TEMPLATE_LITERAL, Token.FUNCTION -> {
        // Not code here: the first is a constant, the second stands in the list of functions.
      }
      default -> children(node);
    }
  }

  private static boolean endsInCall(Node node) {
    return switch (node.getType()) {
      case Token.CALL -> !isGuard(node);
      case Token.HOOK, Token.AND, Token.OR, Token.NULLISH_COALESCING, Token.COMMA -> true;
      default -> false;
    };
  }

  private static boolean isGuard(Node call) {
    Node function = call.getFirstChild();
    return function.getType() == Token.NAME && function.getString().equals(GUARD);
  }

  private static boolean joins(Node node) {
    return (node.getType() == Token.ADD || node.getType() == Token.STRING_CONCAT)
        && !isShort(node.getFirstChild())
        && !isShort(node.getLastChild());
  }

  private static boolean isShort(Node node) {
    return node.getType() == Token.NUMBER
        || (node.getType() == Token.STRING && node.getString().length() <= SHORT);
  }

  private static void guard(Node parent, Node node) {
    Node call = new Node(Token.CALL, Node.newString(Token.NAME, GUARD));
    call.setLineColumnNumber(node.getLineno(), node.getColumn());
    parent.replaceChild(node, call);
    call.addChildToBack(node);
  }
}
