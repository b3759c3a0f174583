using System.CommandLine;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Bench.Routing.Novelty;

/// <summary><c>novelty</c>: how well questions of unknown tasks are told from those of known ones.</summary>
static class NoveltyCommand
{
    const string Variable = "ORCHESTRATOR_BENCH_DATA";

    static readonly Option<string?> Data = new("--data")
    {
        Description = $"Folder of the routing sets and of the retrieval collections in ir/ (default: ${Variable})",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(Variable),
    };
    static readonly Option<string> Zoo = new("--zoo")
    {
        Description = "The zoo's questions, as JSON Lines",
        DefaultValueFactory = _ => "models/data/test.jsonl",
    };
    static readonly Option<int> Dimensions = new("--dimensions") { DefaultValueFactory = _ => LsaOptions.Default.Dimensions, Description = "Of the LSA" };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("novelty", "How well questions of unknown tasks are told from those of known ones")
        {
            Data, Zoo, Dimensions, Out,
        };
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult parsed)
    {
        if (parsed.GetValue(Data) is not { Length: > 0 } folder || !Directory.Exists(folder))
        {
            Console.Error.WriteLine($"--data or ${Variable} must name the folder with routing_routerdc7.jsonl.gz and the other sets.");
            return 2;
        }
        var sets = new QuestionSets(folder, parsed.GetValue(Zoo)!);
        int dimensions = parsed.GetValue(Dimensions);
        var unseen = UnseenTasks.Judge(sets.Train, Detector.All, dimensions);
        int chosen = Enumerable.Range(0, Detector.All.Count).MaxBy(detector => unseen.Average(task => task.Areas[detector]));
        Detector[] shown = [.. new[] { Detector.Cosine, Detector.Centres, Detector.All[chosen], Detector.Router }.Distinct()];
        var foreign = ForeignSets.Judge([.. sets.Train.Select(row => row.Text)], sets.All, shown, dimensions);
        Report.Write(NoveltyReport.ToMarkdown(unseen, Detector.All, chosen, foreign, shown, sets.Train.Count), parsed.GetValue(Out));
        return 0;
    }
}
