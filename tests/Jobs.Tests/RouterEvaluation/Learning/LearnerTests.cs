using Orchestrator.Jobs.RouterEvaluation.Learning;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Tests.RouterEvaluation.Learning;

public sealed class LearnerTests
{
    static readonly OutcomeTable Training = new("small", RoutingSets.Small.Experts, [.. RoutingSets.Small.Rows.Take(80).Select(row => row.Outcome)]);

    [Fact]
    public void Learn_Auto_IsTheBestOnHeldOutTrainingQuestions()
    {
        Learned learned = Learn(RoutingSets.Contenders);

        Assert.Equal("nearest", learned.Auto);
        Assert.Equal(learned.Contenders.Max(choices => choices.HeldOut), learned.Contenders.Single(choices => choices.Name == "nearest").HeldOut);
    }

    [Fact]
    public void Learn_Told_IsTheBestOfEachCategory()
    {
        Learned learned = Learn(RoutingSets.Contenders);

        Assert.Equal(("abacus", "cipher"), (Training.Experts[learned.ToldOf("add")], Training.Experts[learned.ToldOf("reverse")]));
        Assert.Equal(learned.BestSingle, learned.ToldOf("unheard of"));
        Assert.Equal(learned.BestSingle, learned.ToldOf(null));
    }

    [Fact]
    public void Learn_Candidates_ChoosesByHeldOutTrainingQuestions()
    {
        // With all weight on the mean nothing is routed.
        Contender[] contenders = [.. OptionGrid.Apply([Contender.Of("nearest")], ["nearest.neighbours=1,24", "nearest.shrinkage=1000,0.01"])];

        Choices choices = Assert.Single(Learn(contenders).Contenders);

        Assert.Contains("shrinkage: 0.01", choices.Options, StringComparison.Ordinal);
    }

    [Fact]
    public void Learn_WrongOption_IsReportedAndTheOthersRun()
    {
        Learned learned = Learn([RoutingSets.WrongOption, Contender.Of("best-single")]);

        Assert.Equal(["best-single"], learned.Contenders.Select(choices => choices.Name));
        Assert.Contains("'0'", Assert.Single(learned.NotRun).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Learn_HigherPrices_ChooseCheaperExperts()
    {
        Choices choices = Learn([Contender.Of("nearest")]).Contenders[0];

        Assert.Contains(2, choices.Priced[0]);
        Assert.All(choices.Priced[^1], column => Assert.Equal(0, column));
    }

    static Learned Learn(Contender[] contenders) =>
        RoutingSets.Learner.Learn(Training, [.. RoutingSets.Small.Rows.Skip(80).Select(row => row.Question)], contenders);
}
