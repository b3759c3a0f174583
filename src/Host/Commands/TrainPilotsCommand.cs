using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.Embedding;
using Orchestrator.Jobs.Retrieval;
using Orchestrator.Jobs.Retrieval.Data;
using Orchestrator.Jobs.Retrieval.Learning;
using Orchestrator.Jobs.Retrieval.Searching;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Pilots;
using Orchestrator.Router.Pilots.Training;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator train pilots</c>: which queries each embedding expert is best at, by letting all of them search.</summary>
static class TrainPilotsCommand
{
    static readonly PilotTrainingOptions Defaults = new();

    static readonly Option<string?> Out = new("--out", "-o") { Description = "The pilot library to write, JSON (default: retrieval.pilots)" };
    static readonly Option<int> Clusters = new("--clusters") { Description = "Pilots for each domain and winner", DefaultValueFactory = _ => Defaults.Clusters };
    static readonly Option<int> Least = new("--least") { Description = "Smaller groups of queries get no pilot", DefaultValueFactory = _ => Defaults.LeastQueries };
    static readonly Option<PilotLabels> Labels = new("--labels")
    {
        Description = "What a query counts for: the expert that was best for it (query), or best for its domain (domain)",
        DefaultValueFactory = _ => Defaults.Labels,
    };

    static readonly Option<PilotTies> Ties = new("--ties")
    {
        Description = "Whom a query counts for that several are best for: the base or else the first of them (first), or nobody",
        DefaultValueFactory = _ => Defaults.Ties,
    };

    static readonly Option<string> Floor = new("--floor")
    {
        Description = "Least cosine with a pilot: auto (a low quantile over held-out queries), none, or a number from -1 to 1",
        DefaultValueFactory = _ => PilotFloorText.Auto,
    };

    static readonly Option<string?> Add = new("--add") { Description = "Score this expert alone and add its pilots; all others stay as they are" };
    static readonly Option<string?> Remove = new("--remove") { Description = "Take this expert's pilots out; nothing runs, and all others stay as they are" };

    public static Command Create()
    {
        var command = new Command("pilots", "Find out which queries each embedding expert is best at; the experts run")
        {
            RetrievalTeam.Collections, RetrievalTeam.Only, RetrievalTeam.Written, RetrievalTeam.Queries, RetrievalTeam.Seed, RetrievalTeam.Experts,
            RetrievalTeam.Base, RetrievalTeam.MultiTask, Clusters, Least, Labels, Ties, Floor, Add, Remove, Out, ConfigOption.Value,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(ConfigOption.Read(parsed), parsed, cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(OrchestratorConfig config, ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(Out) ?? config.Retrieval.Pilots
            ?? throw new ConfigException(["There is nowhere to write to: give --out or set retrieval.pilots."]);
        ProfileOutput.KeepInputs([path], config.Path);
        ProfileOutput.Check(path);
        if (parsed.GetValue(Add) is not null && parsed.GetValue(Remove) is not null)
            throw new RetrievalException("Give either --add or --remove; each is one change.");
        if (parsed.GetValue(Remove) is { } removed) return RemoveFrom(path, removed);
        var options = Options(parsed);
        var floor = PilotFloorText.Parse(parsed.GetValue(Floor)!);
        var added = parsed.GetValue(Add);
        var before = added is null ? null : Existing(path);
        var known = added is null ? null : OutcomeFile.Read(ScoresOf(path));
        var (folder, names) = RetrievalTeam.Read(parsed);
        JudgedCorpus[] corpora = [.. names.Select(name => Corpus(parsed, folder, name))];

        var builder = new ServiceBuilder(config, TimeProvider.System, NullLoggerFactory.Instance);
        using var runtime = builder.StartRuntime();
        await using var pool = await builder.StartPoolAsync(runtime, cancellationToken);
        string[]? only = added is null ? RetrievalTeam.Names(parsed.GetValue(RetrievalTeam.Experts)) : [.. known!.Experts, added];
        var team = RetrievalTeam.Of(config, pool, parsed, only, before?.Base);
        Check(before, team, added);
        var search = new CorpusSearch(team, new EmbedderDocuments(new EmbeddingCache(CacheFolder.Of(config.Router), NullLogger.Instance)), TimeProvider.System);
        var scored = await new PilotScoring(team, search).RunAsync(corpora, known, Console.Error.WriteLine, cancellationToken);
        var library = before is null
            ? PilotTraining.Fit(team.Base.Space, scored.Experts, scored.Samples, options)
            : PilotTraining.Add(before, added!, scored.Experts, scored.Samples, options);
        if (before is null && !floor.IsAuto) library = library.WithFloor(floor.Value);
        Console.WriteLine(PilotReport.Text(scored, library, before is null ? PilotTrials.Of(scored, options) : []));
        OutcomeFile.Write(ScoresOf(path), scored.Table);
        PilotFile.Write(path, library);
        Console.WriteLine($"{library.Pilots.Count} pilots of {library.Experts.Count()} experts written to {path}");
        return ExitCodes.Ok;
    }

    /// <summary>Beside the library: the scores that it was made of, which another expert is added to.</summary>
    public static string ScoresOf(string pilots) => Path.ChangeExtension(pilots, ".scores.jsonl");

    static int RemoveFrom(string path, string expert)
    {
        var before = Existing(path);
        if (!before.Experts.Contains(expert))
            throw new RetrievalException($"{path} has no pilots of '{expert}'; there are those of {string.Join(", ", before.Experts)}.");
        var after = before.Without(expert);
        PilotFile.Write(path, after);
        Console.WriteLine($"{before.Pilots.Count - after.Pilots.Count} pilots of {expert} taken out of {path}, which has {after.Pilots.Count} left");
        return ExitCodes.Ok;
    }

    static PilotLibrary Existing(string path) => File.Exists(path)
        ? PilotFile.Read(path)
        : throw new RetrievalException($"There is no {path} yet to change; 'orchestrator train pilots' without --add and --remove writes it.");

    static JudgedCorpus Corpus(ParseResult parsed, string folder, string name)
    {
        var corpus = PilotQueries.Of(folder, name, parsed.GetValue(RetrievalTeam.Written), RetrievalTeam.Spans(parsed), out var source);
        Console.Error.WriteLine($"{name}: {corpus.Queries.Count} queries from {source}");
        foreach (var warning in corpus.Warnings) Console.Error.WriteLine(warning);
        return corpus;
    }

    static void Check(PilotLibrary? before, EmbeddingTeam team, string? added)
    {
        if (before is not null && before.Space != team.Base.Space)
            throw new RetrievalException($"The pilots live in the space {before.Space}, but {team.Base.Id} embeds in {team.Base.Space}: train them anew, without --add.");
        if (added is not null && team.Routed.All(expert => expert.Id != added))
            throw new RetrievalException($"'{added}' does not embed queries in the space of {team.Base.Id}, so it cannot be routed to.");
    }

    static PilotTrainingOptions Options(ParseResult parsed) =>
        (parsed.GetValue(Clusters), parsed.GetValue(Least)) is ( >= 1 and <= 256 and var clusters, >= 1 and var least)
            ? Defaults with { Clusters = clusters, LeastQueries = least, Labels = parsed.GetValue(Labels), Ties = parsed.GetValue(Ties) }
            : throw new RetrievalException($"--clusters must be 1 to 256 and --least at least 1, but they are {parsed.GetValue(Clusters)} and {parsed.GetValue(Least)}.");
}
