using Orchestrator.Router.Categories;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Tests.Strategies;

namespace Orchestrator.Router.Tests.Categories;

public sealed class CategoryLabelsTests
{
    [Fact]
    public void Of_Skill_IsTheFirstThatWasGiven()
    {
        OutcomeRow[] rows =
        [
            Row("a", ["subtract", "numbers"]) with { Tagged = ["numbers"] },
            Row("b", ["numbers", "add"]) with { Tagged = ["numbers"] },
            Row("c", ["numbers"]) with { Tagged = ["numbers"] },
        ];

        CategoryLabels labels = Of(CategorySource.Skill, rows);

        Assert.Equal(["add", "subtract"], labels.Names);
        Assert.Equal([1, 0, -1], labels.OfRow);
    }

    [Fact]
    public void Of_Auto_GoesByCategoriesWhereThereAreAny()
    {
        CategoryLabels labels = Of(CategorySource.Auto, [Row("a", ["add"]) with { Category = "sums" }, Row("b", ["add"])]);

        Assert.Equal(["sums"], labels.Names);
        Assert.Equal([0, -1], labels.OfRow);
    }

    static CategoryLabels Of(CategorySource source, OutcomeRow[] rows) =>
        CategoryLabels.Of(Profiles.Of(new OutcomeTable("", ["x"], rows)), new CategoryOptions { Categories = source });

    static OutcomeRow Row(string question, string[] skills) => new(question, question, skills, [new Outcome(1, null)]);
}
