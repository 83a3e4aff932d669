package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.place.ObjectPlace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * In the store: an object for each attempt, and one for each service, which is as old as its last
 * use. Without the folder's locks two engines may both find a service idle; one that is needed at
 * that moment is made again. Who has begun an attempt itself need not look for what it used.
 */
public final class PlaceUses implements Uses {

  private static final String LAST = "last";

  private final ObjectPlace place;
  private final String start;
  private final Map<String, String> begun = new ConcurrentHashMap<>();

  /**
   * @param start of the objects' names
   */
  private PlaceUses(ObjectPlace place, String start) {
    this.place = place;
    this.start = start;
  }

  public static PlaceUses of(ObjectPlace place, String site) {
    return new PlaceUses(place, "sites/" + site + "/services/");
  }

  private String use(String service, String attempt) {
    return start + service + "/uses/" + attempt;
  }

  private String last(String service) {
    return start + service + "/" + LAST;
  }

  @Override
  public void begin(String service, String attempt) throws IOException {
    place.put(use(service, attempt), new byte[0]);
    begun.put(attempt, service);
  }

  @Override
  public List<String> end(String attempt) throws IOException {
    String known = begun.get(attempt);
    if (known != null) {
      end(known, attempt);
      begun.remove(attempt);
      return List.of(known);
    }
    List<String> used = new ArrayList<>();
    for (Map.Entry<String, List<ObjectPlace.Found>> service : services().entrySet()) {
      String use = use(service.getKey(), attempt);
      if (service.getValue().stream().anyMatch(found -> found.name().equals(use))) {
        end(service.getKey(), attempt);
        used.add(service.getKey());
      }
    }
    return used;
  }

  private void end(String service, String attempt) throws IOException {
    place.put(last(service), new byte[0]);
    place.delete(use(service, attempt));
  }

  private Map<String, List<ObjectPlace.Found>> services() throws IOException {
    Map<String, List<ObjectPlace.Found>> services = new TreeMap<>();
    for (ObjectPlace.Found found : place.list(start)) {
      String rest = found.name().substring(start.length());
      String service = rest.substring(0, Math.max(0, rest.indexOf('/')));
      services.computeIfAbsent(service, s -> new ArrayList<>()).add(found);
    }
    return services;
  }

  @Override
  public List<String> takeIdle(Duration keep, Instant now) throws IOException {
    List<String> idle = new ArrayList<>();
    for (Map.Entry<String, List<ObjectPlace.Found>> service : services().entrySet()) {
      if (isIdle(service.getKey(), service.getValue(), keep, now)) {
        place.delete(last(service.getKey()));
        idle.add(service.getKey());
      }
    }
    return idle;
  }

  private boolean isIdle(
      String service, List<ObjectPlace.Found> objects, Duration keep, Instant now) {
    return objects.size() == 1
        && objects.getFirst().name().equals(last(service))
        && !objects.getFirst().modified().plus(keep).isAfter(now);
  }
}
