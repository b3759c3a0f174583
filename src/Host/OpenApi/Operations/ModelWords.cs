using Orchestrator.Experts;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;
using static Orchestrator.Host.OpenApi.Schemas.TypeWords;

namespace Orchestrator.Host.OpenApi.Operations;

static class ModelWords
{
    public static IEnumerable<TypeWords> All { get; } =
    [
        For<ModelList>("Every name that model may have.", ("object", "Always list."), ("data", "Policies first, then experts.")),
        For<ModelEntry>("A policy or an expert.",
            ("object", "Always model."), ("id", "Its name."), ("created", "Unix seconds of the start."), ("owned_by", "Always orchestrator."),
            ("orchestrator", "What is known beyond OpenAI's fields.")),
        For<ModelDetails>("What is known of a policy or an expert; most is of experts alone.",
            ("kind", "policy or expert."), ("description", "What an expert is good at, or a policy is for."), ("purpose", "What an expert was made for: answer, embed, or a part of the service's own."),
            ("tools", "The format in which it calls tools, where it does."), ("space", "The space of its vectors, where it embeds."), ("dimensions", "Numbers of its vectors."),
            ("queries_for", "The expert whose documents its queries search, where it embeds queries alone."),
            ("state", "cold, loading, resident, draining, failed, quarantined or remote."), ("load_progress", "Share of the file that a running load has read."),
            ("reason", "Why it is quarantined, or why its last load failed."), ("facts", "What its file tells."), ("pinned", "Whether it stays in memory."),
            ("resident_bytes", "Bytes it takes now."), ("expected_bytes", "Bytes that a load takes."), ("active_requests", "Requests that run on it."),
            ("waiting_requests", "Requests that wait for it."), ("loads", "Loads since the start."), ("failed_loads", "Of them that failed."),
            ("evictions", "Times it gave way since the start."), ("variants", "Its low-precision variants.")),
        For<ExpertFacts>("What a model file tells.",
            ("architecture", "As llama.cpp names it."), ("parameters", "How many there are."), ("file_type", "How they are stored."), ("context_length", "Tokens it was trained for."),
            ("vocabulary_size", "Tokens it knows."), ("file_bytes", "Bytes of the file."), ("active_parameters", "Parameters that each token passes through."),
            ("width", "Numbers of a token's vector; 0 is unknown."), ("licence", "Null where the file does not say.")),
        For<VariantDetails>("A low-precision variant of an expert.",
            ("name", "Its name."), ("state", "As an expert's."), ("resident_bytes", "Bytes it takes now."), ("reason", "Why it is out.")),
        For<RunningList>("What is in memory.", ("running", "Experts that are loading, loaded or about to go.")),
        For<RunningModel>("An expert in memory.",
            ("model", "Its id."), ("state", "loading, resident or draining."), ("resident_bytes", "Bytes, its variants included."), ("active_requests", "Requests that run on it."),
            ("waiting_requests", "Requests that wait for it."), ("load_progress", "Share of the file that a running load has read."), ("variants", "Its variants in memory.")),
        For<LoadReply>("Done.", ("success", "Always true.")),
    ];
}
