using Orchestrator.Host.Evaluations;
using Orchestrator.Host.Feedback;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.OpenApi.Operations;

static class ChatOperations
{
    const string Events =
        "The answer. With `stream: true` as server-sent events: `data:` lines with a chunk each and `data: [DONE]` at the end. Comments "
        + "before it tell what the answer waits for; an error after the beginning is one event with the error envelope, without [DONE].";

    public static Operation Complete { get; } = new(
        "create_chat_completion", Tag.Chat, "Answer a conversation",
        "Answers a question or conversation by the expert that is expected to do best, or by a panel of experts. `model` in the reply is the expert that answered.")
    {
        Parameters = RequestHeaders.Routed,
        Body = ChatBody.Sent.Body(),
        Replies =
        [
            new Reply(StatusCodes.Status200OK, Events)
            {
                Content =
                [
                    ReplyContent.Of<ChatCompletion>("application/json"),
                    new ReplyContent("text/event-stream", [typeof(ChatChunk), typeof(CountedChatChunk)]),
                ],
                Headers = [.. ReplyHeaders.Answer],
            },
        ],
        Refusals = [400, 404, 413, 429, 503, 504],
    };

    public static Operation Route { get; } = new(
        "route_question", Tag.Chat, "Plan without answering",
        "Tells which experts would answer a question, how sure the policy is, and why in sentences; no expert answers. Takes the body of create_chat_completion.")
    {
        Parameters = RequestHeaders.Routed,
        Body = ChatBody.Sent.Body(),
        Replies = [Reply.Json<RoutePlan>("The plan.")],
        Refusals = [400, 404, 413, 429, 503, 504],
    };

    public static Operation Evaluate { get; } = new(
        "evaluate_model", Tag.Chat, "Grade a model on labelled questions",
        "Asks a policy or an expert up to 200 labelled questions and grades what it says. The reply has the mean score and what became of each question. "
        + "It is one request and takes as long as all its answers.")
    {
        Body = EvaluationBody.Sent.Body(),
        Replies = [Reply.Json<EvaluationReply>("The score, and the result of each question in their order.")],
        Refusals = [400, 404, 413, 503, 504],
    };

    public static Operation Judge { get; } = new(
        "give_feedback", Tag.Chat, "Say whether an answer was right",
        "Tells of an answered request whether the answer was right, so that policies learn who is good at such questions. Give `score` for the answer, or `experts` with a score for each expert that answered.")
    {
        Body = FeedbackBody.Sent.Body(),
        Replies = [Reply.Json<FeedbackReply>("What was kept and learned.")],
        Refusals = [400, 404, 413, 429, 503],
    };
}
