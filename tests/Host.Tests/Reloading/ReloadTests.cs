using System.Net;
using System.Text.Json;
using Orchestrator.Host.Tests.Api;

namespace Orchestrator.Host.Tests.Reloading;

/// <summary><c>POST /reload</c>, with the watcher off so that nothing else reloads.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    const string Abc = "  - { id: abc, file: abc.gguf }\n";
    const string Endless = "  - { id: endless, file: endless.gguf }\n";
    const string Start = "server: { watch_config: false }\nengine: { threads: 1 }\n";

    TinyService _service = null!;

    public async Task InitializeAsync() => _service = await TinyService.StartAsync($"{Start}experts:\n{Abc}{Endless}");

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Reload_ExpertAdded_AnswersByNameAndByPolicy()
    {
        var reply = await ReloadAsync($"{Start}experts:\n{Abc}{Endless}  - {{ id: xyz, file: xyz.gguf }}\n");

        Assert.Equal(["xyz"], Texts(reply, "added"));
        Assert.Empty(Texts(reply, "removed"));
        Assert.Empty(Texts(reply, "changed"));
        using var named = await _service.Http.ChatAsync("xyz", "go");
        Assert.Equal("xyz", await named.ReadAnswerAsync());
        using var route = await _service.Http.PostAsync("/v1/route", ChatCalls.Json(ChatCalls.Body("auto", "go")));
        Assert.Contains("\"xyz\"", await route.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Reload_ExpertRemovedWhileItStreams_TheStreamEndsNormally()
    {
        using var stream = await _service.OpenAsync("endless", "\"max_tokens\":3000");
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        Assert.StartsWith("data: ", await reader.ReadLineAsync());

        var reply = await ReloadAsync($"{Start}experts:\n{Abc}");

        Assert.Equal(["endless"], Texts(reply, "removed"));
        using var refused = await _service.Http.ChatAsync("endless", "go");
        await refused.ReadErrorAsync(HttpStatusCode.NotFound);
        var rest = await reader.ReadToEndAsync();
        Assert.Contains("\"finish_reason\":\"length\"", rest);
        Assert.EndsWith("data: [DONE]\n\n", rest);
    }

    [Fact]
    public async Task Reload_ExpertChanged_AnswersFromItsNewFile()
    {
        using var before = await _service.Http.ChatAsync("abc", "go");
        Assert.Equal("abc", await before.ReadAnswerAsync());

        var reply = await ReloadAsync($"{Start}experts:\n{Endless}  - {{ id: abc, file: xyz.gguf }}\n");

        Assert.Equal(["abc"], Texts(reply, "changed"));
        using var after = await _service.Http.ChatAsync("abc", "go");
        Assert.Equal("xyz", await after.ReadAnswerAsync());
    }

    [Fact]
    public async Task Reload_TwoMistakes_TellsBothAndKeepsTheOld()
    {
        await File.WriteAllTextAsync(_service.ConfigPath, $"{Start}exprts: []\nmemory: {{ budget: lots }}\nexperts:\n{Abc}");
        using var response = await _service.Http.PostAsync("/reload", null);
        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest);

        Assert.Equal("invalid_configuration", error.GetProperty("code").GetString());
        Assert.Contains("exprts", error.GetProperty("message").GetString());
        Assert.Contains("lots", error.GetProperty("message").GetString());
        Assert.Equal(["abc", "endless"], Experts());
    }

    [Theory]
    [InlineData("experts: [ { id: \"abc\"")]
    [InlineData("policies: { auto: { strategy: guesswork } }\nexperts:\n" + Abc)]
    public async Task Reload_BrokenYamlOrRouter_Is400AndKeepsTheOld(string yaml)
    {
        await File.WriteAllTextAsync(_service.ConfigPath, yaml);
        using var response = await _service.Http.PostAsync("/reload", null);

        await response.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Equal(["abc", "endless"], Experts());
        using var still = await _service.Http.ChatAsync("abc", "go");
        Assert.Equal("abc", await still.ReadAnswerAsync());
    }

    [Fact]
    public async Task Reload_KeysThatCountAtStart_AreNamedAndIgnored()
    {
        var reply = await ReloadAsync("server: { watch_config: false, keep_alive: 1s }\nengine: { threads: 1 }\nscheduler: { queue: 7 }\nexperts:\n" + Abc + Endless);

        Assert.Equal(["server.keep_alive", "scheduler.queue"], Texts(reply, "needs_restart"));
    }

    async Task<JsonElement> ReloadAsync(string yaml)
    {
        await File.WriteAllTextAsync(_service.ConfigPath, yaml);
        using var response = await _service.Http.PostAsync("/reload", null);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.ReadJsonAsync();
    }

    string[] Experts() => [.. _service.Now.Pool.Snapshot().Select(expert => expert.Id)];

    static string[] Texts(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
