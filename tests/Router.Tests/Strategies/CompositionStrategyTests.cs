using Orchestrator.Router.Categories;
using Orchestrator.Router.Composition;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Strategies;

public sealed class CompositionStrategyTests
{
    const int MiB = 1 << 20;

    static readonly OutcomeTable Labelled = new(
        Profiles.Table.Source, Profiles.Table.Experts,
        [.. Profiles.Table.Rows.Select(row => row with { Category = row.Id.StartsWith("add", StringComparison.Ordinal) ? "sums" : "words" })]);

    static readonly Profile Known = new(
        Labelled, QuestionSpace.Lsa([.. Labelled.Rows.Select(row => row.Question)]),
        new Dictionary<string, ExpertFacts>
        {
            ["abacus"] = new() { ResidentBytes = 10 * MiB, ActiveParameters = 5_000_000 },
            ["cipher"] = new() { ResidentBytes = 10 * MiB, ActiveParameters = 5_000_000 },
            ["novice"] = new() { ResidentBytes = 4 * MiB, ActiveParameters = 1_000_000 },
        });

    [Theory]
    [InlineData("What is 34 + 71?", "abacus", "sums")]
    [InlineData("Reverse the word ZEBU.", "cipher", "words")]
    public void Rank_Question_IsForItsCategorysExpert(string question, string expert, string category)
    {
        Ranking ranking = Rank(question, new CompositionOptions());

        Assert.Equal(expert, ranking.Ranked[0].Expert);
        Assert.StartsWith($"Of the category {category} (", ranking.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_BudgetForOneSmallExpert_AsksNobodyElse()
    {
        var options = new CompositionOptions { ResidentMib = 5 };

        Assert.Equal("novice", Rank("What is 34 + 71?", options).Ranked[0].Expert);
        Assert.Equal("novice", Rank("Reverse the word ZEBU.", options).Ranked[0].Expert);
    }

    [Fact]
    public void New_BudgetThatNobodyFits_NamesTheSmallest()
    {
        var problem = Assert.Throws<CompositionException>(() => new CompositionStrategy(Known, new CompositionOptions { ResidentMib = 1 }));

        Assert.Contains($"{4 * MiB}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_UncertainCategory_IsForTheGeneralist()
    {
        Ranking ranking = Rank("What is 34 + 71?", new CompositionOptions { Floor = 1, Generalist = "novice", Classifier = CategoryClassifier.Nearest });

        Assert.Equal("novice", ranking.Ranked[0].Expert);
        Assert.Contains("so the generalist novice answers", ranking.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void New_GeneralistBeyondTheActiveBudget_IsNotFallenBackTo()
    {
        var composed = new ComposedExperts(Known, new CompositionOptions { ActiveMillions = 1, Generalist = "abacus" });

        Assert.Equal(["novice"], composed.Map.Resident);
        Assert.Equal(0, composed.Floor);
    }

    static Ranking Rank(string question, CompositionOptions options) =>
        new CompositionStrategy(Known, options).Rank(Known.Features(question), Profiles.All);
}
