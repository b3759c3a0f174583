using System.Text.Json;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Api;

public sealed class ModelDetailsTests
{
    [Fact]
    public async Task Models_Expert_TellsItsLoadsAndVariants()
    {
        await using var service = await FakeService.StartAsync();
        using var asked = await service.Http.ChatAsync("maths", "1 + 1?");

        var maths = await DetailsAsync(service, "maths");

        Assert.False(maths.GetProperty("pinned").GetBoolean());
        Assert.Equal(100, maths.GetProperty("expected_bytes").GetInt64());
        Assert.Equal(0, maths.GetProperty("waiting_requests").GetInt32());
        Assert.Equal(1, maths.GetProperty("loads").GetInt64());
        Assert.Equal(0, maths.GetProperty("failed_loads").GetInt64());
        Assert.Equal(0, maths.GetProperty("evictions").GetInt64());
        Assert.False(maths.TryGetProperty("load_progress", out _));
        var variant = Assert.Single(maths.GetProperty("variants").EnumerateArray());
        Assert.Equal("q4", variant.GetProperty("name").GetString());
        Assert.Equal("cold", variant.GetProperty("state").GetString());
        Assert.Equal(0, variant.GetProperty("resident_bytes").GetInt64());
    }

    [Fact]
    public async Task Models_LoadingThenFailedExpert_TellsProgressThenReason()
    {
        var loader = new FakeModelLoader { Manual = true };
        await using var service = await FakeService.StartAsync(loader);
        var load = service.Http.PostAsync("/models/load", ChatCalls.Json("""{"model":"words"}"""));
        await loader.StartedAsync("words");

        var loading = await DetailsAsync(service, "words");
        loader.Fail("words", new IOException("the disk is broken"));
        using var refused = await load;
        var failed = await DetailsAsync(service, "words");

        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal("loading", loading.GetProperty("state").GetString());
        Assert.Equal(0.5, loading.GetProperty("load_progress").GetDouble());
        Assert.Equal("failed", failed.GetProperty("state").GetString());
        Assert.Contains("the disk is broken", failed.GetProperty("reason").GetString());
        Assert.Equal(1, failed.GetProperty("failed_loads").GetInt64());
    }

    [Fact]
    public async Task Models_Policy_TellsItsDescriptionWhereItHasOne()
    {
        await using var service = await FakeService.StartOnAsync(
            """
            memory: { budget: 64MiB }
            policies:
              best: { strategy: best-single, description: Always the same. }
              plain: { strategy: best-single }
            experts:
              - { id: maths, file: model.gguf }
            """,
            new FakeModelLoader());

        var best = await DetailsAsync(service, "best");
        var plain = await DetailsAsync(service, "plain");

        Assert.Equal("Always the same.", best.GetProperty("description").GetString());
        Assert.Equal(["kind"], plain.EnumerateObject().Select(property => property.Name));
    }

    static async Task<JsonElement> DetailsAsync(FakeService service, string id)
    {
        using var response = await service.Http.GetAsync($"/v1/models/{id}");
        response.EnsureSuccessStatusCode();
        return (await response.ReadJsonAsync()).GetProperty("orchestrator");
    }
}
