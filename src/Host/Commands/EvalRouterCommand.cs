using System.CommandLine;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.RouterEvaluation;
using Orchestrator.Jobs.RouterEvaluation.Data;
using Orchestrator.Jobs.RouterEvaluation.Judging;
using Orchestrator.Jobs.RouterEvaluation.Learning;
using Orchestrator.Jobs.RouterEvaluation.Reporting;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Routing.Automatic;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator eval-router</c>: how well strategies choose among experts, by recorded outcomes; no model runs.</summary>
static class EvalRouterCommand
{
    static readonly Option<string?> Outcomes = new("--outcomes")
    {
        Description = "Recorded outcomes, parted by --split: an outcome file, or JSON Lines with id, query and scores by model (.gz too)",
    };

    static readonly Option<string?> Train = new("--train") { Description = "Instead of --outcomes: outcomes to train on" };
    static readonly Option<string?> Test = new("--test") { Description = "Outcomes to test on, with --train" };
    static readonly Option<string> Split = new("--split") { Description = $"How to part them: {SplitRule.Allowed}", DefaultValueFactory = _ => "field" };
    static readonly Option<int> Seed = new("--seed") { Description = "Another one draws other random splits", DefaultValueFactory = _ => 1 };
    static readonly Option<string?> Experts = new("--experts") { Description = "Only these columns, separated by commas" };
    static readonly Option<string?> Strategies = new("--strategies") { Description = "Only these strategies, separated by commas (default: all)" };

    static readonly Option<string[]> Try = new("--try")
    {
        Description = "Values of a strategy's option to choose from on held-out training questions, as nearest.neighbours=8,24; may be given several times",
    };

    static readonly Option<string?> Config = new("--config", "-c")
    {
        Description = "Configuration file whose policies are judged too, each under its name",
    };

    static readonly Option<QuestionLabel> Label = new("--label")
    {
        Description = "What training questions are labelled by: the benchmark, the category, or auto (the benchmark where there are several)",
    };

    static readonly Option<bool> DropDuplicates = new("--drop-duplicates") { Description = "Leave out test questions that begin as a training question does" };
    static readonly Option<string> Embedder = new("--embedder")
    {
        Description = $"What embeds the questions: {EvalSpaces.Lsa} or {EvalSpaces.Hashed}, fitted on the training questions, or a GGUF file",
        DefaultValueFactory = _ => EvalSpaces.Lsa,
    };

    static readonly Option<EmbeddingPooling> Pooling = new("--pooling")
    {
        Description = "Of a GGUF: how the embeddings of a question's tokens become one",
        DefaultValueFactory = _ => EmbeddingPooling.Model,
    };

    static readonly Option<string?> Out = new("--out", "-o") { Description = "Markdown file to write, and an HTML page with plots beside it" };

    public static Command Create()
    {
        var command = new Command("eval-router", "Judge routing strategies on recorded outcomes: train on one part, report on the other")
        {
            Outcomes, Train, Test, Split, Seed, Experts, Strategies, Try, Config, Label, DropDuplicates, Embedder, Pooling, Out,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var rule = SplitRule.Parse(parsed.GetValue(Train) is null ? parsed.GetValue(Split)! : SplitRule.Field.Text, parsed.GetValue(Seed));
        IReadOnlyList<Contender> contenders = Contenders(parsed);
        string? markdown = parsed.GetValue(Out);
        if (markdown is not null && Path.GetExtension(markdown) == ".html")
            throw new EvalException($"--out is '{markdown}', but names the Markdown file; the page is written beside it with .html.");
        ProfileOutput.KeepInputs(Files(markdown), parsed.GetValue(Outcomes), parsed.GetValue(Train), parsed.GetValue(Test), parsed.GetValue(Config));
        ProfileOutput.Check(Files(markdown));
        var set = Read(parsed);
        if (Names(parsed.GetValue(Experts)) is { } experts) set = set.OnlyExperts(experts);
        var options = new RouterEvaluationOptions { Label = parsed.GetValue(Label), DropDuplicates = parsed.GetValue(DropDuplicates) };
        var space = await EvalSpaces.CreateAsync(
            parsed.GetValue(Embedder)!, parsed.GetValue(Pooling), [.. set.Rows.Select(row => row.Question)], cancellationToken);
        var evaluator = new RouterEvaluator(options, new Learner(options, space, TimeProvider.System));
        var splits = rule.Of(set);
        var judged = new List<JudgedSplit>();
        foreach (var split in splits)
        {
            judged.Add(evaluator.Run(set, split, contenders, contender =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                Console.Error.WriteLine($"Split {judged.Count + 1} of {splits.Count}: {contender}");
            }));
        }

        var name = parsed.GetValue(Train) is null ? rule.Text : "by file";
        var result = new RouterResult(set, name, Path.GetFileName(parsed.GetValue(Embedder)!), options, judged);
        var text = RouterReport.Markdown(result);
        Console.WriteLine(text);
        if (markdown is not null)
        {
            WholeFile.Replace(markdown, writer => writer.Write(text));
            WholeFile.Replace(Files(markdown)[1], writer => writer.Write(RouterReport.Html(result)));
        }

        return ExitCodes.Ok;
    }

    static RoutingSet Read(ParseResult parsed) => (parsed.GetValue(Outcomes), parsed.GetValue(Train), parsed.GetValue(Test)) switch
    {
        ({ } all, null, null) => RoutingSetFile.Read(all),
        (null, { }, { }) when parsed.GetResult(Split) is { Implicit: false } =>
            throw new EvalException("--split parts what --outcomes names; --train and --test are parted already."),
        (null, { } train, { } test) => RoutingSet.Of(RoutingSetFile.Read(train), RoutingSetFile.Read(test)),
        _ => throw new EvalException("Give either --outcomes FILE, or both --train FILE and --test FILE."),
    };

    static IReadOnlyList<Contender> Contenders(ParseResult parsed)
    {
        // What auto would choose is a row of its own, chosen on the training part.
        string[] known = [.. PolicyRouter.Strategies.Where(strategy => strategy != AutoPolicies.Strategy)];
        string[] strategies = Names(parsed.GetValue(Strategies)) ?? known;
        string[] unknown = [.. strategies.Except(known)];
        if (unknown.Length > 0)
            throw new EvalException($"No strategy is called '{string.Join("', '", unknown)}'; there are {string.Join(", ", known)}.");
        var policies = parsed.GetValue(Config) is { } config ? ConfigReader.Read(config).Policies : [];
        return [.. OptionGrid.Apply([.. strategies.Select(Contender.Of)], parsed.GetValue(Try) ?? []), .. policies.Where(policy => policy.Strategy != AutoPolicies.Strategy).Select(policy => Contender.Of(policy) with { Name = $"policy {policy.Name}" })];
    }

    static string[]? Names(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();

    static string[] Files(string? markdown) => markdown is null ? [] : [markdown, Path.ChangeExtension(markdown, ".html")];
}
