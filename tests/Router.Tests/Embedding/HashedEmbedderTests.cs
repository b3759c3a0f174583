using System.Numerics.Tensors;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Tests.Embedding;

public sealed class HashedEmbedderTests
{
    static readonly string[] Questions =
    [
        "What is 3 + 4?", "What is 12 + 55?", "What is 4412 + 9921?", "Reverse the word ABCD.", "Reverse the word KLMNOP.",
        "Convert XIV to a number.", "Is not True and False true?", "Find the capital of Peru.", "Find the capital of Chad.",
    ];

    readonly HashedEmbedder _embedder = HashedEmbedder.Fit(Questions);

    [Theory]
    [InlineData("What is 41 + 29?", "What is 12 + 55?", "What is 4412 + 9921?")]
    [InlineData("Reverse the word WXYZ.", "Reverse the word ABCD.", "Reverse the word KLMNOPQR.")]
    [InlineData("Find the capital of Cuba.", "Find the capital of Chad.", "Find the capital of Peru.")]
    public void Embed_Question_IsNearerToItsLike(string question, string like, string unlike) =>
        Assert.True(Cosine(question, like) > Cosine(question, unlike));

    [Theory]
    [InlineData("What is 77 + 1?")]
    [InlineData("Kindly flip around for me the word ABCD")]
    [InlineData("")]
    public void Embed_AnyQuestion_HasLengthOne(string question) =>
        Assert.Equal(1, TensorPrimitives.Norm<float>(_embedder.Embed(question)), 5);

    [Theory]
    [InlineData("🙂🙂🙂")]
    [InlineData("\ud800 lone surrogate")]
    public void Embed_OddText_IsFinite(string text) =>
        Assert.All(_embedder.Embed(text), value => Assert.True(float.IsFinite(value)));

    [Fact]
    public void Fit_SameQuestionsInAnotherOrder_IsTheSameSpace()
    {
        HashedEmbedder again = HashedEmbedder.Fit([.. Questions.Reverse()]);

        Assert.Equal(_embedder.Id, again.Id);
        Assert.Equal(_embedder.Embed("Reverse the word QRS."), again.Embed("Reverse the word QRS."));
    }

    [Fact]
    public void Fit_OtherQuestionsOrOptions_IsAnotherSpace()
    {
        Assert.NotEqual(_embedder.Id, HashedEmbedder.Fit(Questions[1..]).Id);
        Assert.NotEqual(_embedder.Id, HashedEmbedder.Fit(Questions, HashedEmbedder.DefaultOptions with { Words = 0.5 }).Id);
    }

    [Fact]
    public async Task EmbedAsync_Batch_IsEachQuestionInOrder() =>
        Assert.Equal(
            [_embedder.Embed(Questions[3]), _embedder.Embed(Questions[0])], await _embedder.EmbedAsync([Questions[3], Questions[0]]));

    double Cosine(string left, string right) => TensorPrimitives.Dot<float>(_embedder.Embed(left), _embedder.Embed(right));
}
