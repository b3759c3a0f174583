using Microsoft.OpenApi;
using Orchestrator.Host.Evaluations;
using Orchestrator.Host.OpenApi.Schemas;
using Orchestrator.Jobs.Grading;

namespace Orchestrator.Host.OpenApi.Operations;

static class EvaluationBody
{
    public static OpenApiSchema Question { get; } = Schema.Object(
        "A labelled question.",
        ("id", Schema.Text("Its name in the results; without one its place, from 1.")),
        ("question", Schema.Text("What is asked.")),
        ("reference", Schema.Text("The right answer, as the grader wants it.")),
        ("grader", Schema.Text(
            "How an answer is judged against the reference; 'final' takes what follows the last 'Answer:', 'choice' wants options.",
            Graders.Names.Where(name => name != Graders.Judge))),
        ("options", Schema.List("The options of a question with choices, as texts.", Schema.Text("An option."), most: 26)),
        ("skills", Schema.List("Of question files; without effect here.", Schema.Text("A skill."))),
        ("tags", Schema.List("Of question files; without effect here.", Schema.Text("A tag.")))
    ).Needs("question", "reference");

    public static OpenApiSchema Sent { get; } = Schema.Object(
        "Whom to ask, and the questions.",
        ("model", Schema.Text("A policy, or an expert's id; list_models has all.")),
        ("questions", Schema.List("The questions, whose ids differ.", Question, least: 1, most: EvaluationRequest.MostQuestions)),
        ("max_tokens", Schema.Whole("Most tokens of each answer.", least: 1, most: int.MaxValue, usual: 512))
    ).Needs("model", "questions");
}
