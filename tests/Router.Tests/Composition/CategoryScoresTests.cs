using Orchestrator.Router.Composition;

namespace Orchestrator.Router.Tests.Composition;

public sealed class CategoryScoresTests
{
    [Fact]
    public void From_SoftCategories_ShrinksTowardTheExpertsMean()
    {
        double[][] probabilities = [[1, 0], [0.5, 0.5], [0, 1]];
        double[][] scores = [[1, double.NaN], [0, double.NaN], [0.5, double.NaN]];

        CategoryScores made = CategoryScores.From(["a", "b"], ["x", "y"], probabilities, scores, prior: 2);

        Assert.Equal([0.5, 0.5], made.Shares);
        Assert.Equal(0.5, made.Means[0], 1e-12);
        Assert.Equal((1 + 2 * 0.5) / (1.5 + 2), made.Values[0][0], 1e-12);
        Assert.Equal((0.25 + 0.25 + 2 * 0.5 - 0) / (1.5 + 2), made.Values[1][0], 1e-12);
        Assert.Equal([1.5, 0], made.Counts[0]);
        Assert.True(double.IsNaN(made.Values[0][1]));
    }

    [Fact]
    public void From_CategoryWithoutOutcomes_IsTheMean() => Assert.Equal(0.25,
        CategoryScores.From(["a", "b"], ["x"], [[1, 0], [1, 0]], [[0.5], [0]], prior: 1).Values[1][0], 1e-12);

    [Fact]
    public void From_UnfitInput_SaysWhatIsWrong()
    {
        Assert.Contains("2 categories", Message([[1.0]], [[1.0]], 1));
        Assert.Contains("sum to 1", Message([[1.0, 0.5]], [[1.0]], 1));
        Assert.Contains("1 experts", Message([[1.0, 0]], [[1.0, 1]], 1));
        Assert.Contains("above 0", Message([[1.0, 0]], [[1.0]], 0));
    }

    static string Message(double[][] probabilities, double[][] scores, double prior) => Assert.Throws<ArgumentException>(
        () => CategoryScores.From(["a", "b"], ["x"], probabilities, scores, prior)).Message;
}
