using Orchestrator.Host.Evaluations;
using Orchestrator.Host.Feedback;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;
using Orchestrator.Host.Pipeline;
using Orchestrator.Router.Coverage;
using Orchestrator.Router.Routing;
using static Orchestrator.Host.OpenApi.Schemas.TypeWords;

namespace Orchestrator.Host.OpenApi.Operations;

static class ChatWords
{
    const string Id = "Of the completion; feedback names it.";
    const string Created = "Unix seconds.";
    const string Expert = "The expert that answered.";
    const string Fingerprint = "What runs the experts.";
    const string Report = "Beyond OpenAI's fields, where more than one call was made or passages were looked for.";

    public static IEnumerable<TypeWords> All { get; } =
    [
        For<ChatCompletion>("A whole answer.",
            ("object", "Always chat.completion."), ("id", Id), ("created", Created), ("model", Expert), ("system_fingerprint", Fingerprint),
            ("choices", "The answer, always one."), ("usage", "Tokens of all calls together."), ("orchestrator", Report)),
        For<ChatChoice>("An answer.",
            ("message", "What was said."), ("finish_reason", "'stop' where it was done, 'length' where its tokens were used up, 'tool_calls' where it calls tools."),
            ("index", "Always 0."), ("logprobs", "Always null.")),
        For<ChatAnswer>("What was said.", ("role", "Always assistant."), ("content", "The text; null where there are calls alone."), ("refusal", "Always null."), ("tool_calls", "What the caller is to run, where tools were given.")),
        For<WireToolCall>("A call.", ("index", "Of the calls of a stream; absent in a whole answer."), ("id", "Given back with its result."), ("function", "What is called."), ("type", "Always function.")),
        For<WireFunction>("What is called.", ("name", "Of the tool."), ("arguments", "A JSON object as text.")),
        For<ChatChunk>("A piece of a streamed answer.",
            ("object", "Always chat.completion.chunk."), ("id", Id), ("created", Created), ("model", Expert), ("system_fingerprint", Fingerprint),
            ("choices", "What is new; empty in the event with the report."), ("orchestrator", Report)),
        For<CountedChatChunk>("A piece of a streamed answer, where its usage was asked for.",
            ("object", "Always chat.completion.chunk."), ("id", Id), ("created", Created), ("model", Expert), ("system_fingerprint", Fingerprint),
            ("choices", "What is new; empty in the last events."), ("orchestrator", Report), ("usage", "Null in all events but the last.")),
        For<ChunkChoice>("What is new of an answer.",
            ("delta", "What was said since."), ("finish_reason", "Null until the answer ends, then as in a whole answer."), ("index", "Always 0."), ("logprobs", "Always null.")),
        For<ChunkDelta>("What was said since the event before.", ("role", "In the first event: assistant."), ("content", "Text to append."), ("tool_calls", "Calls, each of them whole.")),
        For<TokenCounts>("Tokens read and written.",
            ("prompt_tokens", "Read."), ("completion_tokens", "Written."), ("total_tokens", "Both.")),
        For<PanelReport>("What more than one call said and cost.",
            ("panel", "What was said beside the message; all answers where they were merged."), ("aggregation", "How they were merged."),
            ("cost", "What all calls took."), ("context", "What was found for the question, for policies with a collection.")),
        For<PanelMember>("One expert's answer.",
            ("expert", "Who was asked."), ("variant", "The low-precision variant that answered for it."), ("content", "What it said."),
            ("usage", "Its tokens."), ("error", "Why it did not answer.")),
        For<Merging>("How answers became one.", ("aggregator", "The aggregator's name."), ("reasons", "Why it came out so, in sentences.")),
        For<RequestCost>("What all calls of a request took.",
            ("calls", "Generations, those of tagging and merging included."),
            ("parameter_tokens", "Sum of parameters times tokens, half the floating-point operations; null where a size is unknown.")),
        For<ContextReport>("What was found for a question.",
            ("collection", "Where it was looked for."), ("passages", "Those that went with the question, the best first."), ("reason", "Why they did or not."),
            ("probability", "That passages turn a wrong answer into a right one."), ("embedder", "The expert that embedded the question.")),
        For<PassageReport>("A passage.", ("id", "Of the document."), ("similarity", "Cosine to the question.")),
        For<RoutePlan>("Who is to answer, how sure that is, and why.",
            ("policy", "The policy, or 'direct' where an expert was named."), ("strategy", "How it chooses."), ("ranked", "All available experts, the best first."),
            ("panel", "Experts to ask; the first is the primary. One that is named several times is asked as often."), ("primary", "The first of the panel."),
            ("aggregator", "What merges the panel's answers; 'first' takes the primary's."), ("aggregator_expert", "The expert that merges, where the policy names one."),
            ("allow_variants", "Whether low-precision variants may answer."), ("confidence", "How far the primary's expected score can be trusted, 0 to 1; null where nothing supports a number."),
            ("support_distance", "0 (the same words were profiled) to 1 (nothing like it was)."), ("coverage", "Whether what was profiled supports the choice; null when too little was."),
            ("reasons", "Why, in sentences; the first is the decisive one.")),
        For<RankedExpert>("An expert in the ranking.",
            ("expert", "Its id."), ("score", "What it is expected to score, 0 to 1, where the strategy tells; otherwise only the order matters."),
            ("support", "Profiled questions that the score rests on.")),
        For<RouteCoverage>("Whether what was profiled supports the choice.",
            ("verdict", "covered; wrong-specialist: another expert is better; no-specialist: none is good at such questions; novel: nothing like it was profiled."),
            ("distance", "From what was profiled, in standard deviations from what is usual."), ("percentile", "Share of profiled questions that lie nearer."),
            ("region", "Of the profiled questions, the nearest group."), ("claimed", "What the strategy expected of its choice, supported or not."),
            ("better", "Who is reliably better, with wrong-specialist."), ("reason", "The verdict in a sentence."),
            ("is_overconfident", "Whether the strategy was sure of something that nothing supports.")),
        For<FeedbackReply>("A verdict that was taken.",
            ("object", "Always feedback."), ("request_id", "Of the completion."), ("experts", "Scores by expert."),
            ("replaced", "Whether it took the place of an earlier one of the same client."), ("policies", "Those that learn from it.")),
        For<EvaluationReply>("How a model did.",
            ("object", "Always evaluation."), ("model", "Who was asked."), ("score", "Mean of 0 to 1; failed questions are wrong, ungraded ones do not count. Null where none is left."),
            ("right", "Questions with a score of 1."), ("questions", "How many there were."), ("failed", "Of them without an answer."),
            ("ungraded", "Of them that the grader could not decide."), ("results", "In the order of the questions."), ("usage", "Tokens of all calls.")),
        For<QuestionResult>("What became of one question.",
            ("id", "The question's."), ("answer", "What was said."), ("expert", "Who said it."), ("score", "1 is right, 0 is wrong; absent when it failed or could not be decided."),
            ("right", "Whether the score is 1."), ("note", "Why the grader could not decide."), ("error", "Why there is no answer.")),
    ];
}
