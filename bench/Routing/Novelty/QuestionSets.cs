namespace Orchestrator.Bench.Routing.Novelty;

/// <summary>What is known, and what detectors are judged on.</summary>
sealed class QuestionSets
{
    /// <summary>Source of the questions that MMLU-Pro took over from MMLU, with ten options for four.</summary>
    const string FromMmlu = "ori_mmlu";

    static readonly string[] Collections = ["cisi", "cranfield", "med", "npl"];

    readonly NoveltyRow[] _known;

    /// <param name="folder">Of the routing sets, and of the retrieval collections under <c>ir</c>.</param>
    /// <param name="zoo">The zoo's questions.</param>
    public QuestionSets(string folder, string zoo)
    {
        _known = NoveltyRow.Read(Path.Combine(folder, "routing_routerdc7.jsonl.gz"));
        NoveltyRow[] bench = NoveltyRow.Read(Path.Combine(folder, "routing_routerbench11.jsonl.gz"));
        NoveltyRow[] pro = NoveltyRow.Read(Path.Combine(folder, "routing_mmlupro28.jsonl.gz"));
        HashSet<string> benchmarks = [.. _known.Select(row => row.Benchmark)];
        string[] test = [.. Test.Select(row => row.Text)];
        All =
        [
            new QuestionSet("the same tasks, test", SetKind.Known, test),
            .. Reformatting.All.Select(way => new QuestionSet($"test, {way.Name}", SetKind.Reformatted, [.. test.Select(way.Rewrite)])),
            .. bench.Where(row => benchmarks.Contains(row.Benchmark)).GroupBy(row => row.Benchmark).Select(group =>
                new QuestionSet($"routerbench {group.Key}, with its options", SetKind.Reformatted, Texts(group))),
            new QuestionSet("MMLU-Pro from MMLU, ten options", SetKind.Reformatted, Texts(pro.Where(row => IsMmlu(row)))),
            new QuestionSet("MMLU-Pro, other sources", SetKind.Foreign, Texts(pro.Where(row => !IsMmlu(row)))),
            .. bench.Where(row => !benchmarks.Contains(row.Benchmark)).GroupBy(row => row.Benchmark).Select(group =>
                new QuestionSet($"routerbench {group.Key}", SetKind.Foreign, Texts(group))),
            new QuestionSet("the zoo's questions", SetKind.Foreign, Texts(NoveltyRow.Read(zoo))),
            .. Collections.Select(name => new QuestionSet(
                $"{name} queries", SetKind.Foreign, Texts(NoveltyRow.Read(Path.Combine(folder, "ir", name, "queries.jsonl.gz"))))),
        ];
    }

    public IReadOnlyList<QuestionSet> All { get; }

    public IReadOnlyList<NoveltyRow> Train => [.. _known.Where(row => row.Split == "train")];

    IEnumerable<NoveltyRow> Test => _known.Where(row => row.Split == "test");

    /// <summary>Benchmarks that are one task: ARC's halves differ in how hard they are.</summary>
    public static string TaskOf(NoveltyRow row) => row.Benchmark.StartsWith("arc", StringComparison.Ordinal) ? "arc" : row.Benchmark;

    static bool IsMmlu(NoveltyRow row) => row.Source.StartsWith(FromMmlu, StringComparison.Ordinal);

    static string[] Texts(IEnumerable<NoveltyRow> rows) => [.. rows.Select(row => row.Text)];
}
