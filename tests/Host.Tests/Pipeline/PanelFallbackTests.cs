using System.Text.Json;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Pipeline;

/// <summary>A panel whose primary cannot answer.</summary>
public sealed class PanelFallbackTests
{
    const string Yaml = """
        memory: { budget: 64MiB }
        policies: { all: { strategy: nearest, panel: 3 } }
        experts:
          - { id: a, file: model.gguf }
          - { id: b, file: twin.gguf }
          - { id: c, file: model.gguf }
        """;

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Post_PrimaryCannotBeLoaded_TheNextSpeaksOnceAndThePrimarysFailureIsTold(string stream)
    {
        var loader = new FakeModelLoader { Manual = true };
        await using var service = await FakeService.StartOnAsync(Yaml, loader);
        loader.Fail("a", new IOException("the disk is broken"));
        loader.Complete("b");
        loader.Complete("c");

        using var response = await service.Http.ChatAsync("all", "go", $"\"stream\":{stream}");

        response.EnsureSuccessStatusCode();
        var reply = stream == "false"
            ? await response.ReadJsonAsync()
            : JsonDocument.Parse((await response.ReadEventsAsync())[^2]).RootElement;
        var others = reply.GetProperty("orchestrator").GetProperty("panel").EnumerateArray().ToArray();
        Assert.Equal("b", reply.GetProperty("model").GetString());
        Assert.Equal(["a", "c"], others.Select(other => other.GetProperty("expert").GetString()));
        Assert.Contains("the disk is broken", others[0].GetProperty("error").GetString());
        Assert.Equal("c", others[1].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Post_PrimaryCannotBeLoaded_WhoStandsInIsAskedOnce()
    {
        var loader = new FakeModelLoader { Manual = true };
        await using var service = await FakeService.StartOnAsync(Yaml, loader);
        loader.Fail("a", new IOException("the disk is broken"));
        loader.Complete("b");
        loader.Complete("c");

        using var response = await service.Http.ChatAsync("all", "go");

        Assert.Equal("b", await response.ReadAnswerAsync());
        Assert.True(response.Headers.Contains("x-orchestrator-wait-ms"));
        Assert.Equal([0, 1, 1], service.Now.Pool.Snapshot().Select(expert => expert.Served));
    }

    [Fact]
    public async Task Post_WhoStandsInFailsToo_TheNextOfThePanelSpeaks()
    {
        var loader = new FakeModelLoader { Manual = true };
        await using var service = await FakeService.StartOnAsync(Yaml, loader);
        loader.Fail("a", new IOException("the disk is broken"));
        loader.Fail("b", new IOException("so is this one"));
        loader.Complete("c");

        using var response = await service.Http.ChatAsync("all", "go");

        response.EnsureSuccessStatusCode();
        var reply = await response.ReadJsonAsync();
        var others = reply.GetProperty("orchestrator").GetProperty("panel").EnumerateArray().ToArray();
        Assert.Equal("c", reply.GetProperty("model").GetString());
        Assert.Equal(["a", "b"], others.Select(other => other.GetProperty("expert").GetString()));
        Assert.Contains("so is this one", others[1].GetProperty("error").GetString());
    }
}
