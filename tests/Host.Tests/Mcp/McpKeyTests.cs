using System.Net;
using System.Net.Http.Headers;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Mcp;

/// <summary>A service that asks for a key.</summary>
public sealed class McpKeyTests : IAsyncLifetime
{
    const string Variable = "ORCHESTRATOR_TEST_MCP_KEY";
    const string Key = "sk-tools";

    FakeService _service = null!;

    public async Task InitializeAsync()
    {
        Environment.SetEnvironmentVariable(Variable, Key);
        _service = await FakeService.StartOnAsync(
            $$"""
            server: { api_key_env: {{Variable}} }
            memory: { budget: 64MiB }
            experts:
              - id: maths
                file: model.gguf
            """,
            new FakeModelLoader());
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        Environment.SetEnvironmentVariable(Variable, null);
    }

    [Fact]
    public async Task Post_WithoutTheKey_IsRefused()
    {
        using var response = await _service.Http.PostAsync("/mcp", ChatCalls.Json("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""));

        var error = await response.ReadErrorAsync(HttpStatusCode.Unauthorized);
        Assert.Equal("invalid_api_key", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task CallTool_WithTheKey_NeedsItOnce()
    {
        using var http = new HttpClient { BaseAddress = _service.Http.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        await using var client = await McpConnection.OpenAsync(http);

        var result = await client.CallToolAsync("list_experts");

        Assert.NotEqual(true, result.IsError);
    }
}
