using System.Net;
using System.Runtime.CompilerServices;
using Orchestrator.Host.Tests.Api;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Reloading;

/// <summary>Requests that are under way when a new configuration removes their expert.</summary>
public sealed class ReloadInFlightTests
{
    const string Start = """
        server: { watch_config: false }
        memory: { budget: 64MiB }
        policies: { all: { strategy: nearest, panel: 3 } }
        experts:
          - { id: first, file: model.gguf }
          - { id: last, file: twin.gguf }

        """;

    const string Held = "  - { id: held, file: model.gguf, max_sequences: 1 }\n";

    [Fact]
    public async Task Reload_ExpertRemovedWhileItStreams_TheStreamEndsNormally()
    {
        var reloaded = new TaskCompletionSource();
        var loader = new FakeModelLoader { Generation = (expert, _, closed, _) => SayInTwoPartsAsync(expert, reloaded.Task, closed) };
        await using var service = await FakeService.StartOnAsync(Start + Held, loader);
        using var stream = await service.OpenAsync("held");

        await ReloadAsync(service);
        using var refused = await service.Http.ChatAsync("held", "go");
        await refused.ReadErrorAsync(HttpStatusCode.NotFound);
        Assert.DoesNotContain("unloaded held", loader.Events);
        reloaded.SetResult();

        var events = await stream.ReadEventsAsync();
        Assert.Equal("held to the end", ChatCalls.TextOf(events));
        Assert.Equal("[DONE]", events[^1]);
        await TinyService.UntilAsync(() => loader.Events.Contains("unloaded held"));
    }

    [Fact]
    public async Task Reload_MemberRemovedWhileItWaits_TheOthersAnswerAndItsAbsenceIsTold()
    {
        await using var service = await FakeService.StartHoldingAsync("held", Start + Held);
        using var running = await service.OpenAsync("held");
        var asked = service.Http.ChatAsync("all", "go");
        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot().Any(expert => expert is { Id: "held", WaitingRequests: 1 }));

        await ReloadAsync(service);

        using var response = await asked;
        response.EnsureSuccessStatusCode();
        var reply = await response.ReadJsonAsync();
        Assert.Equal("first", reply.GetProperty("model").GetString());
        var others = reply.GetProperty("orchestrator").GetProperty("panel").EnumerateArray().ToArray();
        Assert.Equal(["held", "last"], others.Select(other => other.GetProperty("expert").GetString()));
        Assert.Contains("held", others[0].GetProperty("error").GetString());
        Assert.Equal("last", others[1].GetProperty("content").GetString());
    }

    /// <summary>To a configuration without the expert <c>held</c>.</summary>
    static async Task ReloadAsync(FakeService service)
    {
        await File.WriteAllTextAsync(service.ConfigPath, Start);
        using var reload = await service.Http.PostAsync("/reload", null);
        reload.EnsureSuccessStatusCode();
    }

    /// <summary>Fails when the model is unloaded before the second part.</summary>
    static async IAsyncEnumerable<GenerationChunk> SayInTwoPartsAsync(
        string expert, Task second, [EnumeratorCancellation] CancellationToken closed)
    {
        yield return new GenerationChunk(expert);
        await second.WaitAsync(closed);
        closed.ThrowIfCancellationRequested();
        yield return new GenerationChunk(" to the end", FinishReason.Stop, new TokenUsage(1, 2));
    }
}
