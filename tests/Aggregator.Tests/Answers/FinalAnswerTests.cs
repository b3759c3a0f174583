using Orchestrator.Aggregator.Answers;

namespace Orchestrator.Aggregator.Tests.Answers;

public sealed class FinalAnswerTests
{
    [Theory]
    [InlineData("3+4=7. Answer: 7", "7")]
    [InlineData("Answer: 8 no, Answer: 7", "7")]
    [InlineData("Answer: The  Hague.\n", "the hague")]
    [InlineData("Answer: 1,234.50", "1234.5")]
    [InlineData("Answer: 7.0", "7")]
    [InlineData("Answer: 22, 40, 46", "22, 40, 46")]
    [InlineData("Answer: 7 apples", "7 apples")]
    [InlineData("<think>Answer: 3</think> so it is Answer: 4", "4")]
    [InlineData("<think>Answer: 3</think> It is 5.", "5")]
    [InlineData("So that makes 42 in all.", "42")]
    [InlineData("There are 3 reasons.\nParis.", "paris")]
    [InlineData("Paris", "paris")]
    [InlineData("**Answer:** 42", "42")]
    [InlineData("**Answer: 42.**", "42")]
    [InlineData("Answer: **The Hague**.", "the hague")]
    [InlineData("Answer: `x = 1`", "x = 1")]
    [InlineData("So it is\n**Paris**", "paris")]
    [InlineData("Answer: *", "*")]
    [InlineData("Answer: -0", "0")]
    [InlineData("Answer: 50%", "50%")]
    public void Of_Answer_IsWhatItComesDownTo(string answer, string final) => Assert.Equal(final, FinalAnswer.Of(answer));

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("I am not done. Answer:")]
    [InlineData("<think>it might be 7, or")]
    [InlineData("<think>it is 7</think>")]
    public void Of_NoAnswer_IsNull(string answer) => Assert.Null(FinalAnswer.Of(answer));
}
