using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Orchestrator.Host.Mcp;

/// <summary>The plugin's functions as tools of the Model Context Protocol, over streamable HTTP without sessions.</summary>
static class McpRegistration
{
    const string Instructions =
        "Specialised local models, served as one better model. ask_experts answers a question by the experts that proved good at such "
        + "questions; route_question only says who would answer and why; list_experts names policies and experts.";

    public static IServiceCollection AddOrchestratorMcp(this IServiceCollection services)
    {
        services.AddMcpServer().WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.Stateless);
        services.AddHttpContextAccessor();
        services.AddSingleton<OwnPlugin>();
        services.AddSingleton<IConfigureOptions<McpServerOptions>>(provider => new ConfigureOptions<McpServerOptions>(options =>
            Configure(options, provider.GetRequiredService<OwnPlugin>())));
        return services;
    }

    static void Configure(McpServerOptions options, OwnPlugin plugin)
    {
        options.ServerInfo = new Implementation
        {
            Name = "orchestrator",
            Title = "Orchestrator",
            Version = typeof(McpRegistration).Assembly.GetName().Version!.ToString(3),
        };
        options.ServerInstructions = Instructions;
        options.ToolCollection = [.. plugin.Functions.Select(function => new PluginTool(McpServerTool.Create(function, Hints(function.Name))))];
    }

    /// <summary>Hosts ask their user before other tools: all of these only read, and know the service alone.</summary>
    static McpServerToolCreateOptions Hints(string name) => new()
    {
        Title = TitleOf(name),
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
    };

    /// <returns>Such as <c>Ask experts</c>.</returns>
    static string TitleOf(string name) => $"{char.ToUpperInvariant(name[0])}{name[1..].Replace('_', ' ')}";
}
