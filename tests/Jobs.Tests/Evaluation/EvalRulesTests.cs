using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Tests.Evaluation;

public sealed class EvalRulesTests
{
    [Fact]
    public void Check_AllIsThere_Passes() => EvalRules.Check(EvalCase.Options with { Generalist = "novice", Judge = "referee" }, EvalCase.Dataset, EvalCase.Subjects);

    [Fact]
    public void Check_UnknownNames_AreAllNamedWithWhatThereIs()
    {
        string message = Problem(EvalCase.Options with { Policies = ["auto", "best"], Generalist = "referee", Judge = "nobody" });

        Assert.Contains("No policy is called 'best'; there are auto, trio.", message, StringComparison.Ordinal);
        Assert.Contains("The generalist 'referee' is no expert that can answer; there are abacus, cipher, novice.", message, StringComparison.Ordinal);
        Assert.Contains("The judge 'nobody' is no expert that can be asked; there are abacus, cipher, novice, referee.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_JudgedQuestionWithoutJudge_NamesTheQuestion() => Assert.Contains(
        "The question 'q1' has the grader 'judge'",
        Problem(EvalCase.Options, EvalDataset.Of("", [EvalCase.Questions[1] with { Grader = "judge" }])), StringComparison.Ordinal);

    [Fact]
    public void Check_NothingToDo_SaysSo()
    {
        Assert.Contains("No question of none is left", Problem(EvalCase.Options, EvalDataset.Of("none", [])), StringComparison.Ordinal);
        Assert.Contains("No policy is named; there are auto, trio.", Problem(EvalCase.Options with { Policies = [] }), StringComparison.Ordinal);
        Assert.Contains("No expert can answer", Assert.Throws<EvalException>(() =>
            EvalRules.Check(EvalCase.Options, EvalCase.Dataset, EvalCase.Subjects with { Experts = [] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ProfiledText_IsFoundWhateverItsCaseAndSpaces()
    {
        ProfileQuestion[] questions = [EvalCase.Questions[0] with { Question = " Known  ONE " }, EvalCase.Questions[1]];

        Assert.Equal(["q0"], Leakage.Find(questions, EvalCase.Profile));
        Assert.Empty(Leakage.Find(questions, OutcomeTable.Empty));
    }

    [Theory]
    [InlineData(2, 0.05, 1)]
    [InlineData(2, 0.95, 1)]
    [InlineData(10, 0.3, 3)]
    public void Split_Questions_LeavesBothPartsSomething(int count, double share, int validation)
    {
        var (first, rest) = ValidationSplit.Of(EvalCase.Questions[..count], share);

        Assert.Equal((validation, count - validation), (first.Count, rest.Count));
        Assert.Equal(EvalCase.Questions[..count].Select(question => question.Id).Order(), first.Concat(rest).Select(question => question.Id).Order());
    }

    [Fact]
    public void Split_OtherOrder_IsTheSame()
    {
        var (first, _) = ValidationSplit.Of(EvalCase.Questions, 0.3);
        var (reversed, _) = ValidationSplit.Of([.. EvalCase.Questions.Reverse()], 0.3);

        Assert.Equal(first.Select(question => question.Id), reversed.Select(question => question.Id).Reverse());
    }

    [Fact]
    public void Split_OneQuestion_IsRefused() => Assert.Contains(
        "at least two questions", Assert.Throws<EvalException>(() => ValidationSplit.Of(EvalCase.Questions[..1], 0.3)).Message, StringComparison.Ordinal);

    [Fact]
    public void Hash_AnythingThatDecidesAScore_ChangesIt()
    {
        ProfileQuestion one = EvalCase.Questions[0] with { Options = ["a", "b"] };
        string hash = EvalDataset.Of("x", [one]).Hash;

        Assert.Equal(hash, EvalDataset.Of("other name", [one with { Skills = ["other label"] }]).Hash);
        ProfileQuestion[] changed =
        [
            one with { Id = "z" }, one with { Question = "z" }, one with { Reference = "z" }, one with { Grader = "exact" },
            one with { Options = ["a", "bc"] }, one with { Options = ["ab"] },
        ];
        Assert.Equal(changed.Length + 1, changed.Select(question => EvalDataset.Of("x", [question]).Hash).Append(hash).Distinct().Count());
    }

    static string Problem(EvalOptions options, EvalDataset? dataset = null) =>
        Assert.Throws<EvalException>(() => EvalRules.Check(options, dataset ?? EvalCase.Dataset, EvalCase.Subjects)).Message;
}
