using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.Embedding;
using Orchestrator.Jobs.Retrieval;
using Orchestrator.Jobs.Retrieval.Data;
using Orchestrator.Jobs.Retrieval.Learning;
using Orchestrator.Jobs.Retrieval.Reporting;
using Orchestrator.Jobs.Retrieval.Results;
using Orchestrator.Jobs.Retrieval.Searching;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Pilots;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator eval-retrieval</c>: how well collections are searched, by words, by each expert and by routing.</summary>
static class EvalRetrievalCommand
{
    static readonly Option<string?> Pilots = new("--pilots") { Description = "The pilot library (default: retrieval.pilots)" };
    static readonly Option<PilotRule?> Rule = new("--rule") { Description = "mean or nearest, for hybrids and removals (default: retrieval.rule)" };
    static readonly Option<string?> Without = new("--without") { Description = "Remove only these experts, one at a time, separated by commas" };
    static readonly Option<string[]> Excluded = new("--excluded")
    {
        Description = "NAME=FILE: pairs of a query and a document to be left out of rankings of that collection; may be given several times",
    };

    static readonly Option<string?> Out = new("--out", "-o") { Description = "Folder for report.md, report.html and queries.jsonl" };

    public static Command Create()
    {
        var command = new Command("eval-retrieval", "Measure search in collections with judgments: BM25, every embedding expert, routers and hybrids")
        {
            RetrievalTeam.Collections, RetrievalTeam.Only, RetrievalTeam.Written, RetrievalTeam.Queries, RetrievalTeam.Seed, RetrievalTeam.Experts,
            RetrievalTeam.Base, RetrievalTeam.MultiTask, Pilots, Rule, Without, Excluded, Out, ConfigOption.Value,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(ConfigOption.Read(parsed), parsed, cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(OrchestratorConfig config, ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = parsed.GetValue(Out) is { } place ? RetrievalOutput.Open(place) : null;
        var path = parsed.GetValue(Pilots) ?? config.Retrieval.Pilots ?? throw new ConfigException(["There are no pilots: give --pilots or set retrieval.pilots."]);
        var library = File.Exists(path) ? PilotFile.Read(path) : throw new RetrievalException($"There is no {path} yet; 'orchestrator train pilots' writes it.");
        var (folder, names) = RetrievalTeam.Read(parsed);
        var excluded = ExcludedFiles(parsed, names);
        JudgedCorpus[] test = [.. names.Select(name => CorpusFolder.Read(folder, name, excluded.GetValueOrDefault(name)))];
        var (validation, notes) = Validation(parsed, folder, names);

        var builder = new ServiceBuilder(config, TimeProvider.System, NullLoggerFactory.Instance);
        using var runtime = builder.StartRuntime();
        await using var pool = await builder.StartPoolAsync(runtime, cancellationToken);
        var team = RetrievalTeam.Of(config, pool, parsed, RetrievalTeam.Names(parsed.GetValue(RetrievalTeam.Experts)), library.Base);
        var search = new CorpusSearch(team, new EmbedderDocuments(new EmbeddingCache(CacheFolder.Of(config.Router), NullLogger.Instance)), TimeProvider.System);
        var options = new RetrievalOptions
        {
            Pilots = PilotOptions.Of(parsed.GetValue(Rule) is { } rule ? config.Retrieval with { Rule = rule } : config.Retrieval),
            MultiTask = parsed.GetValue(RetrievalTeam.MultiTask)!,
            Without = RetrievalTeam.Names(parsed.GetValue(Without)),
        };
        var scored = await ScoredAsync(TrainPilotsCommand.ScoresOf(path), team, notes, cancellationToken);
        var result = await new RetrievalEvaluation(options, team, library, search, TimeProvider.System)
            .RunAsync(test, validation, scored, notes, Console.Error.WriteLine, cancellationToken);
        Console.WriteLine(RetrievalReport.Markdown(result));
        output?.Write(result);
        return ExitCodes.Ok;
    }

    /// <summary>Drawn anew, so that they are not those that the pilots were made of.</summary>
    static (JudgedCorpus[] Corpora, List<string> Notes) Validation(ParseResult parsed, string folder, IReadOnlyList<string> names)
    {
        var spans = RetrievalTeam.Spans(parsed);
        var notes = new List<string>();
        JudgedCorpus[] corpora =
        [
            .. names.Select(name =>
            {
                var corpus = PilotQueries.Of(folder, name, parsed.GetValue(RetrievalTeam.Written), spans with { Seed = spans.Seed + 1 }, out var source);
                notes.Add($"Fusion of {name} was chosen with {corpus.Queries.Count} queries from {source}.");
                return corpus;
            }),
        ];
        return (corpora, notes);
    }

    /// <returns>Null where the library came without its scores.</returns>
    static async Task<ScoredQueries?> ScoredAsync(string path, EmbeddingTeam team, List<string> notes, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            notes.Add($"Other routers were not measured: there is no {Path.GetFileName(path)} to learn from.");
            return null;
        }

        var table = OutcomeFile.Read(path).OnlyExperts(team.Routed.Select(expert => expert.Id).ToHashSet(StringComparer.Ordinal));
        if (table.Rows.Count == 0 || table.ColumnOf(team.Base.Id) != 0)
        {
            notes.Add($"Other routers were not measured: {Path.GetFileName(path)} has no scores of {team.Base.Id}.");
            return null;
        }

        return await ScoredQueries.OfAsync(table, team.Base, cancellationToken);
    }

    static Dictionary<string, string> ExcludedFiles(ParseResult parsed, IReadOnlyList<string> names)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in parsed.GetValue(Excluded) ?? [])
        {
            if (text.Split('=', 2) is not [var name, { Length: > 0 } file] || !names.Contains(name))
                throw new RetrievalException($"--excluded is '{text}', but must be NAME=FILE with a collection of {string.Join(", ", names)}.");
            files[name] = file;
        }

        return files;
    }
}
