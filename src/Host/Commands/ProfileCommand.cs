using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.Pipeline;
using Orchestrator.Jobs.Aggregation;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator profile</c>: measures the experts on labelled questions and writes the outcome table.</summary>
static class ProfileCommand
{
    static readonly Option<string> Data = new("--data", "-d")
    {
        Description = "Labelled questions, JSON Lines with id, question, reference, grader and optional skills",
        Required = true,
    };

    static readonly Option<string?> Out = new("--out", "-o") { Description = "Outcome table (default: router.outcomes of the configuration)" };
    static readonly Option<string[]> Expert = new("--expert", "-e") { Description = "Only this expert; may be given several times" };
    static readonly Option<bool> Redo = new("--redo")
    {
        Description = "Ask the questions of this file again, also where the table has outcomes; needed when only references or graders changed",
    };

    static readonly Option<string?> Answers = new("--answers")
    {
        Description = "File for the texts of the answers (default: router.answers of the configuration)",
    };

    static readonly Option<bool> NoAggregator = new("--no-aggregator")
    {
        Description = "Do not test afterwards who merges these answers best",
    };

    static readonly Option<bool> Replace = new("--replace") { Description = "Keep only the questions of this file, of outcomes and answers" };

    static readonly Option<bool> Tag = new("--tag")
    {
        Description = "Add the skills that router.tagger finds; questions that are tagged and unchanged keep theirs",
    };

    static readonly Option<bool> Retag = new("--retag") { Description = "The same, and tag all questions of this file again" };

    static readonly Option<bool> Evidence = new("--evidence")
    {
        Description = "Ask the experts once more and record how sure they are of their answers in router.evidence",
    };

    public static Command Create()
    {
        var command = new Command("profile", "Measure what the experts are good at; only experts without outcomes are run again")
        {
            Data, Out, Expert, Redo, Replace, Tag, Retag, Answers, NoAggregator, Evidence, ConfigOption.Value,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var config = ConfigOption.Read(parsed);
            var questions = QuestionFile.Read(parsed.GetValue(Data)!);
            var path = parsed.GetValue(Out) ?? config.Router.Outcomes
                ?? throw new ConfigException(["There is nowhere to write to: give --out or set router.outcomes in the configuration."]);
            bool? again = parsed.GetValue(Retag) ? true : parsed.GetValue(Tag) ? false : null;
            if (again is not null) TagStep.Check(config);
            var evidence = parsed.GetValue(Evidence) ? EvidenceStep.Check(config) : null;
            var options = new ProfileOptions
            {
                Redo = parsed.GetValue(Redo),
                Replace = parsed.GetValue(Replace),
                Answers = parsed.GetValue(Answers) ?? config.Router.Answers,
            };
            var choice = parsed.GetValue(NoAggregator) ? null : config.Router.Aggregation;
            ProfileOutput.Check(path, options.Answers, choice);
            // A file that is no choice would be found out about at the end only.
            if (choice is not null) AggregationFile.Read(choice);
            var source = Path.GetFileName(parsed.GetValue(Data)!);
            return RunAsync(config, questions, path, source, parsed.GetValue(Expert) ?? [], options, again, choice, evidence, cancellationToken);
        });
        return command;
    }

    /// <param name="again">Whether questions are tagged that were tagged before; null tags none.</param>
    /// <param name="choice">File for the choice of an aggregator; null makes none.</param>
    /// <param name="evidence">File for evidence; null records none.</param>
    static async Task<int> RunAsync(
        OrchestratorConfig config, IReadOnlyList<ProfileQuestion> questions, string path, string source, string[] only,
        ProfileOptions options, bool? again, string? choice, string? evidence, CancellationToken cancellationToken)
    {
        var builder = new ServiceBuilder(config, TimeProvider.System, NullLoggerFactory.Instance);
        using var runtime = builder.StartRuntime();
        await using var pool = await builder.StartPoolAsync(runtime, cancellationToken);
        if (again is { } anew)
        {
            if (await TagStep.RunAsync(config, pool, questions, path, anew, cancellationToken) is not { } tagged) return ExitCodes.Failed;
            questions = tagged;
        }

        var progress = new ProfileProgressLine(Console.Error, rewrites: !Console.IsErrorRedirected);
        var report = await new ProfileJob(options).RunAsync(
            Choose(pool, only, questions.Count), questions, path, source, progress, cancellationToken);
        foreach (var failure in report.Failures) Console.Error.WriteLine($"{failure.Expert}: {failure.Reason}");
        Console.WriteLine(report.Written is { } table
            ? $"{table.Rows.Count} questions x {table.Experts.Count} experts written to {path}"
            : $"No expert could be profiled; nothing was written to {path}");
        if (report.Answers is { } answers) Console.WriteLine($"{answers.Answers.Count} answers recorded in {options.Answers}");
        if (report.Regraded > 0)
        {
            Console.WriteLine(
                $"{report.Regraded} answers would get another score now, because references, graders or options have changed; "
                + "their outcomes are kept, --redo asks again");
        }

        foreach (var missing in report.Unrecorded)
        {
            Console.WriteLine(
                $"{missing.Expert}: {missing.Questions} answers were profiled before they were recorded; --redo asks again");
        }

        if (evidence is not null)
            await EvidenceStep.RunAsync(evidence, Choose(pool, only, questions.Count), questions, source, options, cancellationToken);

        var chosen = choice is null ? ExitCodes.Ok : await ChooseAsync(choice);
        return report.Failures.Count == 0 ? chosen : ExitCodes.Failed;

        async Task<int> ChooseAsync(string kept)
        {
            if (report.Answers is { Answers.Count: > 0 } recorded)
            {
                var made = await new AggregatorChoosing(config, pool, new AggregationOptions()).RunAsync(
                    questions, recorded, [], kept, source, cancellationToken);
                return AggregatorChoosing.HasFailures(made) ? ExitCodes.Failed : ExitCodes.Ok;
            }

            Console.WriteLine("No aggregator was chosen, which takes recorded answers (router.answers or --answers)");
            return ExitCodes.Ok;
        }
    }

    /// <summary>In the order that takes the least loading: experts of one file follow one another, for example.</summary>
    /// <exception cref="ExpertException">A named expert is not configured.</exception>
    static IReadOnlyList<IExpert> Choose(ExpertPool pool, string[] only, int questions)
    {
        string[] ids = only.Length > 0 ? only : [.. Planner.Answering(pool.Snapshot())];
        return [.. pool.Order([.. ids.Select(id => WorkGroup.Of(id, questions))]).Select(place => pool.Get(ids[place]))];
    }
}
