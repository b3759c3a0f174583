namespace Orchestrator.Client.Wire;

/// <summary>Of <c>POST /v1/chat/completions</c> and <c>POST /v1/route</c>.</summary>
sealed record QuestionBody(string Model, IReadOnlyList<QuestionTurn> Messages)
{
    public static QuestionBody Of(string model, string question) => new(model, [new QuestionTurn("user", question)]);
}

sealed record QuestionTurn(string Role, string Content);

/// <summary>Of <c>POST /v1/chat/completions</c>.</summary>
/// <param name="Model">The expert that answered.</param>
sealed record AnswerReply(string Model, IReadOnlyList<AnswerChoice> Choices);

sealed record AnswerChoice(QuestionTurn Message);
