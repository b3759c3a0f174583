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
    public async Task Reload_ExpertRemoved_IsToldAndNoLongerFound()
    {
        var reply = await ReloadAsync($"{Start}experts:\n{Abc}");

        Assert.Equal(["endless"], Texts(reply, "removed"));
        using var refused = await _service.Http.ChatAsync("endless", "go");
        await refused.ReadErrorAsync(HttpStatusCode.NotFound);
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
    [InlineData("experts: [ { id: \"abc\"", "not valid YAML")]
    [InlineData("exprts: []\nexperts:\n" + Abc, "unknown key 'exprts'")]
    [InlineData("experts:\n  - { id: abc, file: abc.gguf, contxt: 5 }\n", "unknown key 'contxt'")]
    [InlineData("experts:\n  - { id: abc }\n", "needs the key 'file'")]
    [InlineData("experts:\n  - { id: abc, file: \"\" }\n", "a path that is not empty")]
    [InlineData("policies: { auto: { strategy: guesswork } }\nexperts:\n" + Abc, "guesswork")]
    [InlineData("policies: { auto: { strategy: nearest, neighbors: none } }\nexperts:\n" + Abc, "neighbors")]
    [InlineData("policies: { abc: { strategy: nearest } }\nexperts:\n" + Abc, "abc")]
    public async Task Reload_InvalidFile_Is400WithTheReasonAndKeepsTheOld(string yaml, string reason)
    {
        await File.WriteAllTextAsync(_service.ConfigPath, yaml);
        using var response = await _service.Http.PostAsync("/reload", null);

        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal("invalid_configuration", error.GetProperty("code").GetString());
        Assert.Contains(reason, error.GetProperty("message").GetString());
        Assert.Equal(["abc", "endless"], Experts());
        using var still = await _service.Http.ChatAsync("abc", "go");
        Assert.Equal("abc", await still.ReadAnswerAsync());
    }

    [Fact]
    public async Task Reload_FileGone_Is400AndKeepsTheOld()
    {
        File.Delete(_service.ConfigPath);
        using var response = await _service.Http.PostAsync("/reload", null);

        Assert.Contains("cannot be read", (await response.ReadErrorAsync(HttpStatusCode.BadRequest)).GetProperty("message").GetString());
        using var still = await _service.Http.ChatAsync("abc", "go");
        Assert.Equal("abc", await still.ReadAnswerAsync());
    }

    /// <summary>A file is a matter of the disk, not of the configuration: it costs one expert, not the reload.</summary>
    [Fact]
    public async Task Reload_ModelFileMissing_QuarantinesThatExpertAlone()
    {
        var reply = await ReloadAsync($"{Start}experts:\n{Abc}{Endless}  - {{ id: lost, file: lost.gguf }}\n");

        Assert.Equal(["lost"], Texts(reply, "added"));
        using var lost = await _service.Http.ChatAsync("lost", "go");
        Assert.Equal("expert_quarantined", (await lost.ReadErrorAsync(HttpStatusCode.ServiceUnavailable)).GetProperty("code").GetString());
        using var other = await _service.Http.ChatAsync("abc", "go");
        Assert.Equal("abc", await other.ReadAnswerAsync());
    }

    [Fact]
    public async Task Reload_Policies_AreListedAndAnswer()
    {
        const string Experts = "experts:\n" + Abc + Endless;
        await ReloadAsync(Start + "policies:\n  a: { strategy: random, seed: 1, panel: 2 }\n  b: { strategy: nearest }\n  c: { strategy: kernel-ridge }\n" + Experts);

        var reply = await ReloadAsync(Start + "policies:\n  d: { strategy: nearest }\n  c: { strategy: kernel-ridge }\n  a: { panel: 2, seed: 2, strategy: random }\n" + Experts);

        var policies = reply.GetProperty("policies");
        Assert.Equal(["d"], Texts(policies, "added"));
        Assert.Equal(["b"], Texts(policies, "removed"));
        Assert.Equal(["a"], Texts(policies, "changed"));
        Assert.Empty(Texts(reply, "changed"));
        using var added = await _service.Http.ChatAsync("d", "go");
        Assert.Equal("abc", await added.ReadAnswerAsync());
        using var removed = await _service.Http.ChatAsync("b", "go");
        await removed.ReadErrorAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Reload_KeysThatCountAtStart_AreNamedAndIgnored()
    {
        var reply = await ReloadAsync("server: { watch_config: false, keep_alive: 1s }\nengine: { threads: 1 }\nscheduler: { queue: 7 }\nexperts:\n" + Abc + Endless);

        Assert.Equal(["server.keep_alive", "scheduler.queue"], Texts(reply, "needs_restart"));
    }

    [Fact]
    public async Task Reload_BudgetChangedAlone_IsNamed()
    {
        var reply = await ReloadAsync($"{Start}memory: {{ budget: 48MiB }}\nexperts:\n{Abc}{Endless}");

        Assert.Equal(["memory.budget"], Texts(reply, "settings"));
        Assert.Empty(Texts(reply, "changed"));
        Assert.Empty(Texts(reply, "needs_restart"));
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
