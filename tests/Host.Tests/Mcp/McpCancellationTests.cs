using ModelContextProtocol.Client;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Mcp;

public sealed class McpCancellationTests
{
    [Fact]
    public async Task CallTool_Cancelled_FreesItsSequence()
    {
        await using var service = await FakeService.StartHoldingAsync(
            "maths",
            """
            memory:
              budget: 64MiB
            experts:
              - id: maths
                file: model.gguf
            """);
        await using var client = await McpConnection.OpenAsync(service.Http);
        using var leaving = new CancellationTokenSource();
        var call = client.CallToolAsync(
            "ask_experts", new Dictionary<string, object?> { ["question"] = "go", ["policy"] = "maths" }, cancellationToken: leaving.Token).AsTask();
        await BecomesAsync(service, 1);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await BecomesAsync(service, 0);
    }

    static async Task BecomesAsync(FakeService service, int active)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (service.Now.Pool.Snapshot().Sum(expert => expert.ActiveRequests) != active)
            await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
    }
}
