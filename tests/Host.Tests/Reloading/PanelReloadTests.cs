using Orchestrator.Host.Tests.Api;

namespace Orchestrator.Host.Tests.Reloading;

/// <summary>A member of a panel that a new configuration removes while the panel is asked.</summary>
public sealed class PanelReloadTests
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
    public async Task Reload_MemberRemovedWhileItWaits_TheOthersAnswerAndItsAbsenceIsTold()
    {
        await using var service = await FakeService.StartHoldingAsync("held", Start + Held);
        using var running = await service.OpenAsync("held");
        var asked = service.Http.ChatAsync("all", "go");
        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot().Any(expert => expert is { Id: "held", WaitingRequests: 1 }));

        await File.WriteAllTextAsync(service.ConfigPath, Start);
        using var reload = await service.Http.PostAsync("/reload", null);
        reload.EnsureSuccessStatusCode();

        using var response = await asked;
        response.EnsureSuccessStatusCode();
        var reply = await response.ReadJsonAsync();
        Assert.Equal("first", reply.GetProperty("model").GetString());
        var others = reply.GetProperty("orchestrator").GetProperty("panel").EnumerateArray().ToArray();
        Assert.Equal(["held", "last"], others.Select(other => other.GetProperty("expert").GetString()));
        Assert.Contains("held", others[0].GetProperty("error").GetString());
        Assert.Equal("last", others[1].GetProperty("content").GetString());
    }
}
