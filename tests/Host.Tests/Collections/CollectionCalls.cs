using System.Net;
using System.Text.Json;

namespace Orchestrator.Host.Tests.Collections;

/// <summary>Requests to collections as a client without a library sends them.</summary>
static class CollectionCalls
{
    public static Task<HttpResponseMessage> SendAsync(this HttpClient http, string path, string body) =>
        http.PostAsync($"/v1/collections{path}", ChatCalls.Json(body));

    public static async Task<JsonElement> DoneAsync(this HttpClient http, string path, string body)
    {
        using HttpResponseMessage reply = await http.SendAsync(path, body);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, await reply.Content.ReadAsStringAsync());
        return await reply.ReadJsonAsync();
    }

    public static async Task<JsonElement> FindAsync(this HttpClient http, string path) =>
        await (await http.GetAsync($"/v1/collections{path}")).EnsureSuccessStatusCode().ReadJsonAsync();

    public static async Task<JsonElement> RefusedAsync(this HttpClient http, string path, string body, HttpStatusCode status)
    {
        using HttpResponseMessage reply = await http.SendAsync(path, body);
        return await reply.ReadErrorAsync(status);
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static string[] Ids(this JsonElement reply, string list = "results") =>
        [.. reply.GetProperty(list).EnumerateArray().Select(result => result.Text("id"))];
}
