import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * 仅用 JDK 的客户端（JDK 11 及以上）。The hub's client with nothing but the JDK, 11 or newer:
 *   HUB_TOKEN=… java Client.java http://127.0.0.1:4000/graphql
 * 实际项目请用 JSON 库解析。Answers are read by pattern, to need no library; a real caller takes a JSON library.
 */
public class Client {
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI hub;
  private final String token;

  Client(URI hub, String token) {
    this.hub = hub;
    this.token = token;
  }

  public static void main(String[] arguments) throws Exception {
    Client client = new Client(URI.create(arguments[0]), System.getenv("HUB_TOKEN"));
    client.firstQuery();
    client.check();
    client.refusedCheck();
    client.pages();
  }

  void firstQuery() throws Exception {
    String body = ask(
        "query ($code: UnifiedSocialCreditCode!) { subject(code: $code) { name summary { penalties } } }",
        "{\"code\":\"91370830YYX0K0086G\"}", "");
    System.out.println("subject " + read("name", body));
  }

  private static final String CHECK =
      "mutation ($input: CheckCreditInput!) { checkCredit(input: $input) { check { receiptNo verdict } } }";

  /** 幂等键：网络中断后可原样重发。The key makes the mutation safe to repeat after a lost answer. */
  void check() throws Exception {
    String variables = "{\"input\":{\"code\":\"91370830YYX0K0086G\",\"matter\":\"CZZJXM\"}}";
    String key = java.util.UUID.randomUUID().toString();
    String first = read("receiptNo", ask(CHECK, variables, key));
    String again = read("receiptNo", ask(CHECK, variables, key));
    System.out.println("check " + (first.equals(again) ? "once" : "twice"));
  }

  /** 按 extensions.code 处理错误，不按文字。Errors are told apart by their code, never by their text. */
  void refusedCheck() throws Exception {
    String body = ask(CHECK, "{\"input\":{\"code\":\"91370830YYA4C12H3X\",\"matter\":\"CZZJXM\"}}", "");
    System.out.println("error " + read("code", body) + " " + read("field", body));
  }

  void pages() throws Exception {
    String query = "query ($after: String) { subjects(first: 100, after: $after) "
        + "{ totalCount nodes { id } pageInfo { hasNextPage endCursor } } }";
    Set<String> ids = new HashSet<>();
    int pages = 0;
    String after = "null";
    while (true) {
      String body = ask(query, "{\"after\":" + after + "}", "");
      Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(body);
      while (id.find()) ids.add(id.group(1));
      pages++;
      if (!body.contains("\"hasNextPage\":true")) {
        Matcher total = Pattern.compile("\"totalCount\":(\\d+)").matcher(body);
        System.out.println("pages " + pages + " " + ids.size() + " of " + (total.find() ? total.group(1) : "?"));
        return;
      }
      after = "\"" + read("endCursor", body) + "\"";
    }
  }

  private String ask(String query, String variables, String idempotencyKey) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(hub)
        .timeout(Duration.ofSeconds(30))
        .header("content-type", "application/json")
        .header("accept", "application/graphql-response+json, application/json")
        .header("authorization", "Bearer " + token)
        .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"" + query + "\",\"variables\":" + variables + "}"));
    if (!idempotencyKey.isEmpty()) request.header("idempotency-key", idempotencyKey);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  private static String read(String member, String body) {
    Matcher found = Pattern.compile("\"" + member + "\":\"([^\"]*)\"").matcher(body);
    if (!found.find()) throw new IllegalStateException("no " + member + " in " + body);
    return found.group(1);
  }
}
