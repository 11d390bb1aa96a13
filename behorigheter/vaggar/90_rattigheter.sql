-- Which functions of vagg a role may call. Nothing for PUBLIC, nothing more than this.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA vagg FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
  vagg.borja, vagg.anvandare, vagg.omfang, vagg.identifierade, vagg.granskar, vagg.logga, vagg.logg_id_for, vagg.sla_upp, vagg.registrera, vagg.byt_namn, vagg.visa,
  vagg.logg_id, vagg.glom, vagg.glom_utkast, vagg.felregistreringar_idag, vagg.har_deltaganden, vagg.deltaganden_utanfor, vagg.anonyma_per_ar, vagg.antal_deltaganden,
  vagg.far_andra_uppdrag, vagg.far_avsluta_uppdrag, vagg.ar_bestallare, vagg.far_avgora, vagg.far_utfarda, vagg.far_aterkalla, vagg.far_andra_anvandare, vagg.far_se_bestallning,
  vagg.har_uppdrag, vagg.har_svar, vagg.far_andra_fraga, vagg.ar_kommande,
  vagg.roller
TO sus_web;

-- Sessions and logins: the scope is begun by this role, and logins are logged by it.
GRANT EXECUTE ON FUNCTION vagg.borja, vagg.anvandare, vagg.logga, vagg.konto_oppet TO sus_konto;

GRANT EXECUTE ON FUNCTION vagg.person_nr TO sus_rapport;
