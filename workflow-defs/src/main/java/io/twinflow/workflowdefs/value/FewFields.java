package io.twinflow.workflowdefs.value;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a small record: two arrays, in order, never changed. A run of many steps holds and
 * reads so many records that a hash table for each is most of its heap and much of its time.
 */
final class FewFields extends AbstractMap<String, Value> {

  /** With more, a hash table is found through faster. */
  static final int MOST = 16;

  private static final int USUAL = 4;

  private final String[] names;
  private final Value[] values;

  private FewFields(String[] names, Value[] values) {
    this.names = names;
    this.values = values;
  }

  /**
   * @param fields not more than {@link #MOST}
   */
  static FewFields of(Map<String, Value> fields) {
    return new FewFields(
        fields.keySet().toArray(new String[0]), fields.values().toArray(new Value[0]));
  }

  /** Takes fields one by one; of two with one name the later counts, in the place of the first. */
  static final class Builder {
    private String[] names = new String[USUAL];
    private Value[] values = new Value[USUAL];
    private int size;
    private @Nullable Map<String, Value> many;

    void put(String name, Value value) {
      if (many != null) {
        many.put(name, value);
        return;
      }
      for (int i = 0; i < size; i++) {
        if (names[i].equals(name)) {
          values[i] = value;
          return;
        }
      }
      if (size == MOST) {
        many = new LinkedHashMap<>(new FewFields(names, values));
        many.put(name, value);
        return;
      }
      if (size == names.length) {
        names = Arrays.copyOf(names, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      names[size] = name;
      values[size] = value;
      size++;
    }

    Map<String, Value> done() {
      return many != null
          ? many
          : size == names.length
              ? new FewFields(names, values)
              : new FewFields(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
    }
  }

  @Override
  public int size() {
    return names.length;
  }

  private int index(@Nullable Object name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public @Nullable Value get(@Nullable Object name) {
    int i = index(name);
    return i < 0 ? null : values[i];
  }

  @Override
  public Value getOrDefault(@Nullable Object name, Value otherwise) {
    int i = index(name);
    return i < 0 ? otherwise : values[i];
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return index(name) >= 0;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super Value> action) {
    for (int i = 0; i < names.length; i++) {
      action.accept(names[i], values[i]);
    }
  }

  @Override
  public Set<Entry<String, Value>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return names.length;
      }

      @Override
      public Iterator<Entry<String, Value>> iterator() {
        return new Entries();
      }
    };
  }

  private final class Entries implements Iterator<Entry<String, Value>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < names.length;
    }

    @Override
    public Entry<String, Value> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Entry<String, Value> entry = Map.entry(names[next], values[next]);
      next++;
      return entry;
    }
  }
}
