using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Local;
using Orchestrator.Experts.Trial;
using Orchestrator.Host.Composition;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator models</c>: what is configured; <c>models check</c>: whether llama.cpp can run a file.</summary>
static class ModelsCommand
{
    public const string JsonOption = "--json";
    public const string LibraryOption = "--library";
    public const string LibraryDescription = "Folder of a llama.cpp build to use instead of the one that came along";

    static readonly Argument<string[]> Files = new("files") { Description = "GGUF files", Arity = ArgumentArity.OneOrMore };
    static readonly Option<bool> Json = new(JsonOption) { Description = "Print one JSON object a file" };
    static readonly Option<string?> Library = new(LibraryOption) { Description = LibraryDescription };

    public static Command Create()
    {
        var models = new Command("models", "List the experts and the facts in their files") { ConfigOption.Value };
        models.SetAction((parsed, cancellationToken) => ListAsync(ConfigOption.Read(parsed), cancellationToken));
        var check = new Command("check", "Load GGUF files and decode one token, in this process: a hostile file ends it") { Files, Json, Library };
        check.SetAction(parsed => Check(parsed.GetValue(Files)!, parsed.GetValue(Json), parsed.GetValue(Library)));
        models.Subcommands.Add(check);
        models.Subcommands.Add(QuantizeCommand.Create());
        return models;
    }

    static async Task<int> ListAsync(OrchestratorConfig config, CancellationToken cancellationToken)
    {
        var builder = new ServiceBuilder(config, TimeProvider.System, NullLoggerFactory.Instance);
        using var runtime = builder.StartRuntime();
        await using var pool = await builder.StartPoolAsync(runtime, cancellationToken);
        var experts = pool.Snapshot();
        foreach (var expert in experts) Console.WriteLine(Describe(expert));
        return experts.Any(expert => expert.Residency == Residency.Quarantined) ? ExitCodes.Failed : ExitCodes.Ok;
    }

    static string Describe(ExpertSnapshot expert) => expert switch
    {
        { Reason: { } reason } => $"{expert.Id,-16} QUARANTINED: {reason}",
        { Facts: { } facts } => $"{expert.Id,-16} {facts.Architecture} {facts.Parameters / 1e6,9:F2} M parameters, {facts.FileType}, "
            + $"context {facts.ContextLength}, {facts.FileBytes / 1048576.0:F1} MiB  {expert.Description}",
        _ => expert.Id,
    };

    static int Check(string[] files, bool json, string? library)
    {
        using var runtime = LlamaRuntime.Start(
            new LlamaRuntimeOptions { LibraryDirectory = library, MaxThreads = 1 }, NullLoggerFactory.Instance);
        var refused = 0;
        foreach (var candidate in files.Select(TrialArgument.Parse))
        {
            var verdict = ModelCheck.Try(runtime, candidate, NullLoggerFactory.Instance);
            if (verdict.Refusal is not null) refused++;
            Console.WriteLine(json
                ? new TrialLine(candidate.File, verdict.Refusal, verdict.Memory).ToJson()
                : $"{candidate.File}: {verdict.Refusal ?? "ok"}");
        }

        return refused == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
