using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;
using Orchestrator.Host.Reloading;
using static Orchestrator.Host.OpenApi.Schemas.TypeWords;

namespace Orchestrator.Host.OpenApi.Operations;

static class ServiceWords
{
    const string Added = "Names that are new.";
    const string Removed = "Names that are gone.";
    const string Changed = "Names whose settings changed.";

    public static IEnumerable<TypeWords> All { get; } =
    [
        For<ErrorEnvelope>("A request that was refused, in OpenAI's envelope.", ("error", "Why.")),
        For<ApiError>("Why a request was refused.",
            ("message", "What is wrong and what is allowed, for people."), ("type", "The kind of error: invalid_request_error, rate_limit_error, service_unavailable or server_error."),
            ("param", "The field or header that is wrong; null where it is none."), ("code", "For programs, such as model_not_found or queue_full; null where there is none.")),
        For<ServiceHealth>("How the service is.",
            ("status", "ok or ready, or else starting, stalled or unavailable."), ("experts", "Usable ones; null where that was not asked or is not known yet."),
            ("quarantined", "Experts that are out."), ("reason", "Why it is not ready.")),
        For<ConfigChanges>("What a new configuration changed.",
            ("added", "Experts that are new."), ("removed", "Experts that are gone."), ("changed", "Experts whose settings changed."), ("policies", "The same of policies."),
            ("settings", "Keys of other sections whose new values are used now."), ("needs_restart", "Keys whose new values only count after a restart.")),
        For<EntryChanges>("What changed in a list.", ("added", Added), ("removed", Removed), ("changed", Changed)),
    ];
}
