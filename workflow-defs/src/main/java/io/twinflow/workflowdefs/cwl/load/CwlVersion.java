package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.NearestName;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The versions of CWL that are read; a later one has all features of an earlier one. */
enum CwlVersion {
  V1_0,
  V1_1,
  V1_2;

  static final List<String> NAMES = List.of("v1.0", "v1.1", "v1.2");

  private static final Pattern NUMBER = Pattern.compile("v?(\\d+)(?:\\.(\\d+))?.*");

  /** What to do about a version that is not read, after the list of those that are. */
  static String advice(String text) {
    if (text.contains("draft")) {
      return ". Drafts came before them; cwl-upgrader rewrites them.";
    }
    Matcher number = NUMBER.matcher(text);
    if (number.matches() && isLaterThanAll(number)) {
      return ". The newest that is known here is v1.2.";
    }
    return "." + NearestName.hint(text, NAMES);
  }

  private static boolean isLaterThanAll(Matcher number) {
    String minor = number.group(2) == null ? "0" : number.group(2);
    int major = new BigDecimal(number.group(1)).compareTo(BigDecimal.ONE);
    return major > 0 || (major == 0 && new BigDecimal(minor).compareTo(BigDecimal.TWO) > 0);
  }

  /** Null for a version that is not read. */
  static @Nullable CwlVersion of(String text) {
    String name = text.substring(text.lastIndexOf('#') + 1);
    if (name.startsWith("cwl:")) {
      name = name.substring(4);
    }
    if (name.equals("v1.0")) {
      return V1_0;
    }
    if (name.equals("v1.1") || name.startsWith("v1.1.0-dev")) {
      return V1_1;
    }
    if (name.equals("v1.2") || name.startsWith("v1.2.0-dev")) {
      return V1_2;
    }
    return null;
  }
}
