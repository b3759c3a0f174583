using Orchestrator.Jobs.Retrieval.Data;
using Orchestrator.Jobs.Retrieval.Searching;

namespace Orchestrator.Jobs.Tests.Retrieval;

/// <summary>Two collections, and experts that know the words of one each; the base knows the first word of both.</summary>
static class Worlds
{
    public const string Space = "base@0123";

    public static FakeEmbeddingExpert Base { get; } = new("base", Space, false, "wing", "flow", "shock", "blood", "lens", "tumour");

    public static EmbeddingTeam Team { get; } = new(
        [
            new FakeEmbeddingExpert("air-expert", Space, true, "wing", "flow", "shock"),
            Base,
            new FakeEmbeddingExpert("body-expert", Space, true, "blood", "lens", "tumour"),
            new FakeEmbeddingExpert("multitask", "multitask@4567", false, "wing", "blood"),
        ], "base", ["multitask"]);

    public static JudgedCorpus Air { get; } = Corpus("air", ["wing", "flow", "shock"]);

    public static JudgedCorpus Body { get; } = Corpus("body", ["blood", "lens", "tumour"]);

    /// <summary>A document a word, and a query that has the word among those of the other collection.</summary>
    static JudgedCorpus Corpus(string name, string[] words) => new(
        name,
        [.. words.Select((word, i) => new CollectionDocument($"d{i}", "", word)), new CollectionDocument("empty", "", "")],
        [.. words.Select((word, i) => new JudgedQuery($"q{i}", $"{word} unknown", new Dictionary<int, int> { [i] = 1 }, new HashSet<int>()))],
        []);
}
