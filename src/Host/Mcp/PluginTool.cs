using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Orchestrator.Host.Mcp;

/// <summary>A function whose result may be <c>{"error": …}</c>: the protocol has a flag for that, which agents show as a failure.</summary>
sealed class PluginTool(McpServerTool tool) : DelegatingMcpServerTool(tool)
{
    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        var result = await base.InvokeAsync(request, cancellationToken);
        if (result.Content is [TextContentBlock text] && IsError(text.Text)) result.IsError = true;
        return result;
    }

    static bool IsError(string result)
    {
        using var json = JsonDocument.Parse(result);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out _);
    }
}
