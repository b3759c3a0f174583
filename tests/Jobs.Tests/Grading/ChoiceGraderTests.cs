using Orchestrator.Jobs.Grading;

namespace Orchestrator.Jobs.Tests.Grading;

public sealed class ChoiceGraderTests
{
    static readonly string[] Options = ["London", "Paris", "Rome", "A city in Spain"];

    [Theory]
    [InlineData("Answer: B")]
    [InlineData("Answer: b")]
    [InlineData("Answer: (B)")]
    [InlineData("Answer: **B**")]
    [InlineData("Answer: B. Paris")]
    [InlineData("Answer: B) Paris")]
    [InlineData("Answer: B - Paris")]
    [InlineData("Answer: B\nBecause (A) and (C) are no capitals of France.")]
    [InlineData("(A) is wrong. Answer: B")]
    [InlineData("Answer: A, no.\nAnswer: B")]
    [InlineData("B")]
    [InlineData("B.")]
    [InlineData("(B)")]
    [InlineData("[B]")]
    [InlineData("B: Paris")]
    [InlineData("I am sure that the answer is B.")]
    [InlineData("The answer is: (B)")]
    [InlineData("It must be (B), since the Seine is there.")]
    [InlineData("So we get $\\boxed{B}$.")]
    [InlineData("\\boxed{\\text{B}}")]
    [InlineData("Answer: $\\boxed{B}$")]
    [InlineData("<think>(A) or (C)?</think>\nAnswer: B")]
    [InlineData("Paris")]
    [InlineData("Answer: paris.")]
    [InlineData("A) London\nB) Paris\nC) Rome\nThe answer is B.")]
    [InlineData("A: hmm. The answer is B.")]
    [InlineData("The answer is B because it is Paris.")]
    [InlineData("The correct answer is B since the Seine is there.")]
    [InlineData("The answer is B, and not A.")]
    [InlineData("The answer is Paris.")]
    [InlineData("THE ANSWER IS B")]
    [InlineData("Answer: B, Paris")]
    [InlineData("Answer: B (Paris)")]
    [InlineData("Answer: B Paris")]
    [InlineData("Answer: option B")]
    [InlineData("Answer: B, A is wrong")]
    [InlineData("**Answer:** B")]
    [InlineData("**Answer**: B")]
    [InlineData("answer: B")]
    [InlineData("Answer: (B) Paris, not (A)")]
    [InlineData("Answer:\nB")]
    [InlineData("\\boxed{B. Paris}")]
    [InlineData("\\boxed{\\text{(B) Paris}}")]
    [InlineData("Answer: B, as \\boxed{42} shows")]
    [InlineData("(A) is England, (C) is Italy.\nThe answer is (B).")]
    [InlineData("The answer is not A. The answer is B.")]
    [InlineData("The answer is B. I think the answer is a good one.")]
    public void Read_Choice_IsTheLetter(string answer) => Assert.Equal('B', ChoiceGrader.Read(answer, Options));

    [Theory]
    [InlineData("")]
    [InlineData("I think Bob lives in France.")]
    [InlineData("Both A and B are right")]
    [InlineData("Answer: A or B")]
    [InlineData("Answer: (A) or (B)")]
    [InlineData("(A) no, (B) yes")]
    [InlineData("A city")]
    [InlineData("I'm not sure")]
    [InlineData("Answer: E")]
    [InlineData("Answer:")]
    [InlineData("The answer is a city")]
    [InlineData("Answer: A city")]
    [InlineData("Answer: I think so")]
    [InlineData("The answer is A city")]
    [InlineData("Answer: A, B")]
    [InlineData("Answer: C or D are possible")]
    [InlineData("Answer: B, or maybe C")]
    [InlineData("Answer: B/C")]
    [InlineData("Answer: U.S.")]
    [InlineData("The answer is B or C.")]
    [InlineData("\\boxed{42}")]
    [InlineData("A) London\nB) Paris\nC) Rome")]
    [InlineData("It is Paris, or perhaps B")]
    public void Read_NoClearChoice_IsNone(string answer) => Assert.Null(ChoiceGrader.Read(answer, Options));

    [Fact]
    public void Read_OptionText_NeedsOptions()
    {
        Assert.Equal('D', ChoiceGrader.Read("a city in Spain", Options));
        Assert.Null(ChoiceGrader.Read("Paris", []));
        Assert.Null(ChoiceGrader.Read("Paris", ["Paris", "Paris"]));
        Assert.Equal('E', ChoiceGrader.Read("Answer: E", []));
        Assert.Equal('A', ChoiceGrader.Read("Answer: A Paris", ["Paris", "Rome"]));
        Assert.Equal('D', ChoiceGrader.Read("Answer: D, A city in Spain", Options));
        Assert.Equal('A', ChoiceGrader.Read("The answer is A because of the Thames.", Options));
    }

    [Theory]
    [InlineData("Answer: B", "B", 1)]
    [InlineData("Answer: B", " b ", 1)]
    [InlineData("Answer: A", "B", 0)]
    [InlineData("no idea", "B", 0)]
    public void Score_Choice_ComparesLetters(string answer, string reference, double score) =>
        Assert.Equal(score, Graders.Score("choice", answer, reference, Options));
}
