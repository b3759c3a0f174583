using System.Text.Encodings.Web;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Orchestrator.Host.Mcp;

/// <summary>
/// A function as a tool. Its result may be <c>{"error": …}</c>: the protocol has a flag for that, which agents show as a
/// failure. And it is read by models, who make less of <c>\u002B</c> than of a plus.
/// </summary>
sealed class PluginTool(McpServerTool tool) : DelegatingMcpServerTool(tool)
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        var result = await base.InvokeAsync(request, cancellationToken);
        if (result.Content is not [TextContentBlock { Text: ['{', ..] } text]) return result;
        using var json = JsonDocument.Parse(text.Text);
        result.Content = [new TextContentBlock { Text = JsonSerializer.Serialize(json.RootElement, Readable) }];
        if (json.RootElement.TryGetProperty("error", out _)) result.IsError = true;
        return result;
    }
}
