using Orchestrator.Jobs.Training;
using Orchestrator.Router.Routing.Trials;

namespace Orchestrator.Jobs.Tests.Training;

public sealed class CompositionReportTests
{
    static readonly Composed Made = new()
    {
        Categories = [new("sums <a>", 0.75, "abacus", 0.9, 12), new("rest", 0.25, "novice", 0.5, 4)],
        CategoriesAreGiven = true,
        Accuracy = 0.875,
        Temperature = 1.5,
        Generalist = "novice",
        Floor = 0.4,
        Quality = 0.8,
        QualityWithoutBudget = 0.82,
        HeldOut = 0.79,
        BestSingle = ("abacus", 0.7),
        Resident = new Spent(64 << 20, 32 << 20),
        Active = new Spent(null, 2.5e6),
        Reasons = ["Because."],
    };

    static readonly BudgetFront Front = new([new(1 << 20, 0.5, ["novice"]), new(32 << 20, 0.8, ["abacus", "novice"])], 0, []);
    static readonly BudgetFront Unknown = new([], null, ["Nothing is known."]);

    [Fact]
    public void Text_Composition_SaysWhatWasChosenWithinWhat()
    {
        string text = CompositionReport.Text(Made, Front, Unknown);

        Assert.Contains("the classifier names 87.5 %", text, StringComparison.Ordinal);
        Assert.Contains("Up to a probability of 0.4000 the generalist novice answers.", text, StringComparison.Ordinal);
        Assert.Contains("Resident: 32.0 MiB of 64.0 MiB; active in the mean: 2.5 M of any amount.", text, StringComparison.Ordinal);
        Assert.Contains("Expected score 80.0 %, without budgets 82.0 %.", text, StringComparison.Ordinal);
        Assert.Contains("Nothing is known.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_Composition_IsOnePageWithAPlotOfEachKnownFront()
    {
        string page = CompositionReport.Html(Made, Front, Unknown);

        Assert.Equal(2, page.Split("<svg").Length);
        Assert.Contains("sums &lt;a&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_FrontOfManyPoints_ShowsSomeFromTheFirstToTheLast()
    {
        var many = new BudgetFront([.. Enumerable.Range(1, 500).Select(i => new BudgetPoint(i * 1e3, i / 500.0, [$"e{i}"]))], 0.001, []);

        string text = CompositionReport.Text(Made, Front, many);

        Assert.Contains("24 of 500 points", text, StringComparison.Ordinal);
        Assert.Contains(" e1\n", text, StringComparison.Ordinal);
        Assert.Contains("e500", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" e3\n", text, StringComparison.Ordinal);
    }
}
