using System.CommandLine;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator serve</c>, and what <c>orchestrator</c> does when no command is given.</summary>
static class ServeCommand
{
    static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by ';' (default: server.urls of the configuration)",
    };

    public static Command Create() => Configure(new Command("serve", "Serve the OpenAI-compatible endpoint"));

    public static TCommand Configure<TCommand>(TCommand command) where TCommand : Command
    {
        command.Options.Add(ConfigOption.Value);
        command.Options.Add(Urls);
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(ConfigOption.Read(parsed), parsed.GetValue(Urls), cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(OrchestratorConfig config, string? urls, CancellationToken cancellationToken)
    {
        await using var app = WebHost.Build(config, urls ?? config.Server.Urls);
        // Asked for now: the services are gone once the application has run.
        var starter = app.Services.GetRequiredService<ServiceStarter>();
        await app.RunAsync(cancellationToken);
        return starter.Failed ? ExitCodes.Failed : ExitCodes.Ok;
    }
}
